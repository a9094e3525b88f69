import type { Change } from '../state/change.ts'
import type { Group } from '../state/groups.ts'
import type { State } from '../state/state.ts'

/** The shortest list of changes that restores this state. */
export function* dump(state: State): Generator<Change> {
  yield { op: 'sequence', seq: state.seq }
  yield { op: 'clock', offset: state.clockOffset }
  yield { op: 'tokens.revoke', generation: state.generation }
  for (const user of state.users.order) yield { op: 'user.put', user }
  for (const group of state.groups.order) yield* dumpGroup(group)
  for (const owner of state.people.owners()) {
    for (const [friend, remark] of state.people.contacts(owner)) {
      yield { op: 'contact.put', owner, friend, remark }
    }
    yield { op: 'block', owner, names: [...state.people.blocks(owner)], blocked: true }
    yield { op: 'metadata', name: owner, entries: state.people.metadata(owner) }
  }
  for (const message of state.messages.list()) yield { op: 'message', message }
}

function* dumpGroup({ record, members, admins, blocks, allowed, mutes }: Group): Generator<Change> {
  const { id } = record
  yield { op: 'group.put', group: record }
  let names: string[] = []
  let since = 0
  for (const [name, { at }] of members) {
    if (at !== since && names.length > 0) {
      yield { op: 'members.add', id, names, at: since }
      names = []
    }
    since = at
    names.push(name)
  }
  if (names.length > 0) yield { op: 'members.add', id, names, at: since }
  const lists = { admins, blocks, allowed }
  for (const list of ['admins', 'blocks', 'allowed'] as const) {
    if (lists[list].size > 0) yield { op: 'group.list', id, list, names: [...lists[list]], listed: true }
  }
  for (const [name, until] of mutes) yield { op: 'group.mute', id, names: [name], until }
}
