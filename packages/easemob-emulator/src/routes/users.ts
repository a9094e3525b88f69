import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { bareAnswer, envelope } from '../http/envelope.ts'
import { entityNotFound, illegalArgument } from '../http/errors.ts'
import { bounded, text } from '../http/fields.ts'
import type { UserRecord } from '../state/records.ts'
import { cursorOf, positionOf } from './cursor.ts'
import { namedUser, type Route, route } from './route.ts'
import { userEntity } from './user-entity.ts'
import { legalNickname, legalPassword } from './user-rules.ts'
import { createUsers } from './users-create.ts'

const PAGE = 100
const DEFAULT_PAGE = 10

function getUser(call: Call): string {
  const user = namedUser(call)
  return envelope(call, {
    path: '/users',
    uri: `/users/${user.name}`,
    entities: [userEntity(user)],
    count: 1,
    application: false,
  })
}

function listUsers(call: Call): string {
  const limit = bounded(call.query.get('limit'), 1, PAGE, DEFAULT_PAGE)
  const activated = call.query.get('activated')
  const wanted = activated === '0' ? false : activated === '1' ? true : undefined
  const found = call.state.users.order.after(
    positionOf(call.query.get('cursor'), 0),
    limit + 1,
    user => wanted === undefined || user.active === wanted,
  )
  const page = found.slice(0, limit)
  return envelope(call, {
    path: '/users',
    entities: page.map(user => userEntity(user)),
    count: page.length,
    cursor: found.length > limit ? cursorOf(page.at(-1)?.seq ?? 0) : undefined,
    application: false,
  })
}

function putUser(call: Call): string {
  const user = { ...namedUser(call), nickname: legalNickname(call.object()['nickname']), modified: call.at }
  call.emulated.store.commit({ op: 'user.put', user })
  return envelope(call, { path: '/users', uri: '/users', entities: [userEntity(user)] })
}

function putPassword(call: Call): string {
  const user = call.state.users.find(call.param('username'))
  if (user === undefined) throw entityNotFound()
  const asked = call.object()['newpassword']
  if (text(asked) === undefined) throw illegalArgument('newpassword is required')
  const password = legalPassword(asked)
  call.emulated.store.commit({ op: 'user.put', user: { ...user, password, modified: call.at } })
  return bareAnswer(call, 'set user password')
}

function deleteUser(call: Call): string {
  const user = namedUser(call)
  removeUser(call, user)
  return envelope(call, { path: '/users', uri: '/users', entities: [userEntity(user)] })
}

function deleteOldest(call: Call): string {
  const limit = bounded(call.query.get('limit'), 1, PAGE, DEFAULT_PAGE)
  const found = call.state.users.order.after(positionOf(call.query.get('cursor'), 0), limit + 1)
  const page = found.slice(0, limit)
  for (const user of page) removeUser(call, user)
  return envelope(call, {
    path: '/users',
    uri: '/users',
    entities: page.map(user => userEntity(user)),
    count: page.length,
    cursor: found.length > limit ? cursorOf(page.at(-1)?.seq ?? 0) : undefined,
  })
}

/** Deletes a user and the groups that the user owns. */
function removeUser(call: Call, { name }: UserRecord): void {
  for (const { record } of call.state.groups.joinedBy(name)) {
    if (record.owner !== name) continue
    call.emulated.tallies.groupsDeleted++
    groupEvent(call, record.id, 'destroy', { from: name })
  }
  call.emulated.store.commit({ op: 'user.delete', name })
}

function deactivate(call: Call): string {
  const user = { ...namedUser(call), active: false, modified: call.at }
  call.emulated.store.commit({ op: 'user.put', user })
  return bareAnswer(call, 'Deactivate user', { entities: [userEntity(user)] })
}

function activate(call: Call): string {
  call.emulated.store.commit({
    op: 'user.put',
    user: { ...namedUser(call), active: true, modified: call.at },
  })
  return bareAnswer(call, 'activate user')
}

/** Registration, reads, lists, passwords, deletion and activation of users. */
export const userRoutes: readonly Route[] = [
  route('POST', '/users', 'users.create', createUsers, { access: 'registration' }),
  route('GET', '/users', 'users.list', listUsers),
  route('DELETE', '/users', 'users.deleteMany', deleteOldest),
  route('GET', '/users/:username', 'users.get', getUser, { access: 'self' }),
  route('PUT', '/users/:username', 'users.nickname', putUser),
  route('DELETE', '/users/:username', 'users.delete', deleteUser),
  route('PUT', '/users/:username/password', 'users.password', putPassword),
  route('POST', '/users/:username/deactivate', 'users.deactivate', deactivate),
  route('POST', '/users/:username/activate', 'users.activate', activate),
]
