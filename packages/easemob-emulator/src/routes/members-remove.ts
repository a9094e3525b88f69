import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { forbidden, invalidParameter } from '../http/errors.ts'
import type { Group } from '../state/groups.ts'
import { namedGroup } from './group-entity.ts'
import { pathNames } from './usernames.ts'

const BATCH = 60

/** `DELETE …/users/{u1,u2,…}`: answers one name with an object, several with an array that has a reason for each failure. */
export function removeMembers(call: Call): string {
  const group = namedGroup(call)
  const names = pathNames(call.param('username'))
  if (names.length > BATCH) {
    throw invalidParameter(`kickMember: kickMembers number more than maxSize : ${BATCH}`)
  }
  const { id, owner } = group.record
  const leaving = removable(group, names)
  call.emulated.store.commit({ op: 'members.remove', id, names: leaving })
  for (const to of leaving) groupEvent(call, id, 'kick', { from: owner, to })
  const gone = new Set(leaving)
  const rows = names.map(user => ({
    result: gone.has(user),
    action: 'remove_member',
    user,
    groupid: id,
    reason: gone.has(user) ? undefined : failure(group, user),
  }))
  return groupAnswer(call, names.length === 1 ? rows[0] : rows)
}

/** The names that are members and not the owner. @throws VendorError when there are none */
export function removable(group: Group, names: readonly string[]): string[] {
  const { owner } = group.record
  const found = names.filter(name => name !== owner && group.members.has(name))
  if (found.length > 0) return found
  if (names.includes(owner)) throw forbidden('forbidden operation on group owner!')
  throw forbidden(`users [${names.join(', ')}] are not members of this group!`)
}

const failure = (group: Group, user: string) =>
  user === group.record.owner ? 'forbidden operation on group owner!' : `user ${user} doesn't exist.`
