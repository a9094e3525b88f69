import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { forbidden } from '../http/errors.ts'
import { namedGroup } from './group-entity.ts'
import { type Route, route } from './route.ts'
import { pathNames, usernames } from './usernames.ts'

function listAllowed(call: Call): string {
  const data = [...namedGroup(call).allowed]
  return groupAnswer(call, data, { count: data.length })
}

const allowOne = (call: Call) => groupAnswer(call, allow(call, [call.param('username').toLowerCase()])[0])

const allowMany = (call: Call) => groupAnswer(call, allow(call, usernames(call.object()['usernames'])))

function allow(call: Call, names: readonly string[]) {
  const group = namedGroup(call)
  const { id } = group.record
  const strangers = names.filter(name => !group.members.has(name))
  if (strangers.length > 0) throw forbidden(`users [${strangers.join(', ')}] are not members of this group!`)
  call.emulated.store.commit({ op: 'group.list', id, list: 'allowed', names: [...names], listed: true })
  return names.map(user => ({ result: true, action: 'add_user_whitelist', user, groupid: id }))
}

function disallow(call: Call): string {
  const { id } = namedGroup(call).record
  const names = pathNames(call.param('username'))
  call.emulated.store.commit({ op: 'group.list', id, list: 'allowed', names, listed: false })
  const rows = names.map(user => ({ result: true, action: 'remove_user_whitelist', user, groupid: id }))
  return groupAnswer(call, names.length === 1 ? rows[0] : rows)
}

const path = '/chatgroups/:groupid/white/users'

/** The allow list of a group. */
export const allowListRoutes: readonly Route[] = [
  route('GET', path, 'groups.allowed.list', listAllowed),
  route('POST', path, 'groups.allowed.add', allowMany),
  route('POST', `${path}/:username`, 'groups.allowed.add', allowOne),
  route('DELETE', `${path}/:username`, 'groups.allowed.remove', disallow),
]
