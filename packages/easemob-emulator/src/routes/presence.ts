import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { illegalArgument, invalidParameter } from '../http/errors.ts'
import { isStrings } from '../http/fields.ts'
import { namedUser, type Route, route } from './route.ts'

const MAX_STATUSES = 100

/** Every user is offline, also an unknown one, since no client connects to the emulator. */
function status(call: Call): string {
  const name = call.param('username').toLowerCase()
  return envelope(call, { entities: [], data: { [name]: 'offline' }, count: 0, application: false })
}

function statuses(call: Call): string {
  const names = call.object()['usernames']
  if (!isStrings(names)) throw invalidParameter('usernames must be provided')
  if (names.length > MAX_STATUSES) {
    throw illegalArgument(`request body exceeds maximum limit, maximum limit is ${MAX_STATUSES}`)
  }
  const data = names.map(name => ({ [name]: 'offline' }))
  return envelope(call, {
    ...{ action: 'get batch user status', entities: [], data, count: 0, application: false },
  })
}

/** Answers `true` also for offline users, as the official SDKs expect. */
function disconnect(call: Call): string {
  namedUser(call)
  return envelope(call, { entities: [], data: { result: true }, count: 0 })
}

function offlineCount(call: Call): string {
  const { name } = namedUser(call)
  return envelope(call, { entities: [], data: { [name]: 0 }, count: 0 })
}

function offlineStatus(call: Call): string {
  namedUser(call)
  return envelope(call, { entities: [], data: { [call.param('messageid')]: 'delivered' }, count: 0 })
}

function resources(call: Call): string {
  namedUser(call)
  return envelope(call, { entities: [], data: [], count: 0 })
}

const user = '/users/:username'

/** Online status, disconnect and the offline reads. */
export const presenceRoutes: readonly Route[] = [
  route('POST', '/users/batch/status', 'users.statuses', statuses),
  route('GET', `${user}/status`, 'users.status', status),
  route('GET', `${user}/disconnect`, 'users.disconnect', disconnect),
  route('GET', `${user}/disconnect/:resource`, 'users.disconnect', disconnect),
  route('DELETE', `${user}/disconnect/:resource`, 'users.disconnect', disconnect),
  route('GET', `${user}/offline_msg_count`, 'users.offlineCount', offlineCount),
  route('GET', `${user}/offline_msg_status/:messageid`, 'users.offlineStatus', offlineStatus),
  route('GET', `${user}/resources`, 'users.resources', resources),
]
