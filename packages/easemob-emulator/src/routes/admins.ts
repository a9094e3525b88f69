import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { exceedLimit, forbidden, invalidParameter, resourceNotFound } from '../http/errors.ts'
import { text } from '../http/fields.ts'
import { namedGroup } from './group-entity.ts'
import { type Route, route } from './route.ts'

const ADMINS = 99

function listAdmins(call: Call): string {
  const data = [...namedGroup(call).admins]
  return groupAnswer(call, data, { count: data.length })
}

function addAdmin(call: Call): string {
  const group = namedGroup(call)
  const { id, owner } = group.record
  const name = text(call.object()['newadmin'])?.toLowerCase()
  if (name === undefined) throw invalidParameter('newadmin must be provided')
  if (!group.members.has(name)) throw resourceNotFound(`user: ${name} doesn't exist in group: ${id}`)
  if (name === owner) throw forbidden('forbidden operation on group owner!')
  if (group.admins.size >= ADMINS && !group.admins.has(name))
    throw exceedLimit('admins size is greater than max admin size !')
  call.emulated.store.commit({ op: 'group.list', id, list: 'admins', names: [name], listed: true })
  groupEvent(call, id, 'add_admin', { from: owner, to: name })
  return groupAnswer(call, { result: 'success', newadmin: name })
}

function removeAdmin(call: Call): string {
  const group = namedGroup(call)
  const { id, owner } = group.record
  const name = call.param('username').toLowerCase()
  if (!group.admins.has(name)) throw forbidden(`user:${name} is not admin of group:${id}`)
  call.emulated.store.commit({ op: 'group.list', id, list: 'admins', names: [name], listed: false })
  groupEvent(call, id, 'remove_admin', { from: owner, to: name })
  return groupAnswer(call, { result: 'success', oldadmin: name })
}

const path = '/chatgroups/:groupid/admin'

/** Admins: at most 99, shown as `member` in lists. */
export const adminRoutes: readonly Route[] = [
  route('GET', path, 'groups.admins.list', listAdmins),
  route('POST', path, 'groups.admins.add', addAdmin),
  route('DELETE', `${path}/:username`, 'groups.admins.remove', removeAdmin),
]
