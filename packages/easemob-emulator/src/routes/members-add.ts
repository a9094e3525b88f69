import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { exceedLimit, forbidden, usernameNotFound } from '../http/errors.ts'
import type { Group } from '../state/groups.ts'
import { namedGroup } from './group-entity.ts'
import { usernames } from './usernames.ts'

const BATCH = 60

/** `POST …/users/{u}` */
export function addOne(call: Call): string {
  const group = namedGroup(call)
  const user = call.param('username').toLowerCase()
  join(call, group, [user])
  return groupAnswer(call, { result: true, groupid: group.record.id, action: 'add_member', user })
}

/** `POST …/users` with `usernames`: those who are members already are left out of `newmembers`. */
export function addMany(call: Call): string {
  const group = namedGroup(call)
  const names = usernames(call.object()['usernames'])
  if (names.length > BATCH) throw exceedLimit('members size is greater than max user size !')
  const newmembers = join(call, group, names)
  return groupAnswer(call, { newmembers, groupid: group.record.id, action: 'add_member' })
}

/** All or nothing: an unknown name or a lack of room adds nobody. */
function join(call: Call, group: Group, names: readonly string[]): string[] {
  const { id, maxusers, owner } = group.record
  const missing = names.find(name => call.state.users.get(name) === undefined)
  if (missing !== undefined) throw usernameNotFound(missing)
  const fresh = names.filter(name => !group.members.has(name))
  if (fresh.length === 0) {
    throw forbidden(`can not join this group, reason:user: ${names[0]} already in group: ${id}\n`)
  }
  if (group.members.size + fresh.length > maxusers) {
    throw exceedLimit('members size is greater than max user size !')
  }
  const { groupsPerUser = Number.POSITIVE_INFINITY } = call.emulated.quota
  const busy = fresh.find(name => call.state.groups.joinedCount(name) >= groupsPerUser)
  if (busy !== undefined) throw exceedLimit(`user ${busy} has joined too many groups!`)
  call.emulated.store.commit({ op: 'members.add', id, names: fresh, at: call.at })
  call.emulated.tallies.membersAdded += fresh.length
  for (const to of fresh) groupEvent(call, id, 'direct_joined', { from: owner, to })
  return fresh
}
