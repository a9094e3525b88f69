import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { invalidParameter } from '../http/errors.ts'
import type { Group } from '../state/groups.ts'
import { namedGroup } from './group-entity.ts'
import { removable } from './members-remove.ts'
import { type Route, route } from './route.ts'
import { pathNames, usernames } from './usernames.ts'

const BATCH = 60

function listBlocks(call: Call): string {
  const data = [...namedGroup(call).blocks]
  return groupAnswer(call, data, { count: data.length })
}

const blockOne = (call: Call) => groupAnswer(call, block(call, [call.param('username').toLowerCase()])[0])

const blockMany = (call: Call) => groupAnswer(call, block(call, usernames(call.object()['usernames'])))

/** Blocking removes the members from the group. */
function block(call: Call, names: readonly string[]) {
  const group = namedGroup(call)
  checkBatch(names)
  const { id, owner } = group.record
  const blocked = new Set(removable(group, names))
  const { store } = call.emulated
  store.commit({ op: 'members.remove', id, names: [...blocked] })
  store.commit({ op: 'group.list', id, list: 'blocks', names: [...blocked], listed: true })
  for (const to of blocked) groupEvent(call, id, 'ban', { from: owner, to })
  return names.map(user => ({
    result: blocked.has(user),
    action: 'add_blocks',
    reason: blocked.has(user) ? undefined : refusal(group, user),
    user,
    groupid: id,
  }))
}

/** Unblocking does not restore membership. */
function unblock(call: Call): string {
  const { record, blocks } = namedGroup(call)
  const { id, owner } = record
  const names = pathNames(call.param('username'))
  checkBatch(names)
  const rows = names.map(user => ({
    result: blocks.has(user),
    action: 'remove_blocks',
    reason: blocks.has(user) ? undefined : `user: ${user} doesn't exist in group: ${id}`,
    user,
    groupid: id,
  }))
  call.emulated.store.commit({ op: 'group.list', id, list: 'blocks', names, listed: false })
  for (const { user, result } of rows) if (result) groupEvent(call, id, 'allow', { from: owner, to: user })
  return groupAnswer(call, names.length === 1 ? rows[0] : rows)
}

function checkBatch(names: readonly string[]): void {
  if (names.length > BATCH) throw invalidParameter(`block: members number more than maxSize : ${BATCH}`)
}

const refusal = ({ record }: Group, user: string) =>
  user === record.owner
    ? 'forbidden operation on group owner!'
    : `user: ${user} doesn't exist in group: ${record.id}`

const path = '/chatgroups/:groupid/blocks/users'

/** The block list of a group. */
export const groupBlockRoutes: readonly Route[] = [
  route('GET', path, 'groups.blocks.list', listBlocks),
  route('POST', path, 'groups.blocks.add', blockMany),
  route('POST', `${path}/:username`, 'groups.blocks.add', blockOne),
  route('DELETE', `${path}/:username`, 'groups.blocks.remove', unblock),
]
