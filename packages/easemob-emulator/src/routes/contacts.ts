import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { illegalArgument, serviceNotFound } from '../http/errors.ts'
import { bounded } from '../http/fields.ts'
import type { UserRecord } from '../state/records.ts'
import { namedUser, type Route, route } from './route.ts'
import { userEntity } from './user-entity.ts'

const PAGE = 50
const REMARK_CHARACTERS = 100

/** Contacts are mutual: adding or removing one changes both users. Adding an existing contact changes nothing. */
function addContact(call: Call): string {
  const owner = namedUser(call)
  const friend = namedFriend(call)
  for (const [one, other] of [
    [owner.name, friend.name],
    [friend.name, owner.name],
  ] as const) {
    if (call.state.people.contacts(one).has(other)) continue
    call.emulated.store.commit({ op: 'contact.put', owner: one, friend: other, remark: '' })
  }
  return envelope(call, { path: '/users', entities: [userEntity(friend)] })
}

function removeContact(call: Call): string {
  const owner = namedUser(call)
  const friend = namedFriend(call)
  const { store } = call.emulated
  store.commit({ op: 'contact.delete', owner: owner.name, friend: friend.name })
  store.commit({ op: 'contact.delete', owner: friend.name, friend: owner.name })
  return envelope(call, { path: '/users', entities: [userEntity(friend)] })
}

function listContacts(call: Call): string {
  const data = [...call.state.people.contacts(namedUser(call).name).keys()]
  return envelope(call, { entities: [], data, count: data.length, application: false })
}

/** Pages in order of names, so that a cursor stays valid while contacts change. */
function pageContacts(call: Call): string {
  const limit = bounded(call.query.get('limit'), 1, PAGE, 10)
  const withRemark = call.query.get('needReturnRemark') === 'true'
  const after = Buffer.from(call.query.get('cursor') ?? '', 'base64url').toString()
  const all = [...call.state.people.contacts(namedUser(call).name)].sort(([a], [b]) => (a < b ? -1 : 1))
  const rest = all.filter(([name]) => name > after)
  const page = rest.slice(0, limit)
  const contacts = page.map(([username, remark]) => (withRemark ? { username, remark } : { username }))
  const cursor = rest.length > limit ? Buffer.from(page.at(-1)?.[0] ?? '').toString('base64url') : undefined
  return envelope(call, { entities: [], data: { contacts, cursor }, count: page.length })
}

function putRemark(call: Call): string {
  const owner = namedUser(call)
  const friend = namedFriend(call)
  const remark = call.object()['remark']
  if (typeof remark !== 'string' || [...remark].length > REMARK_CHARACTERS) {
    throw illegalArgument(`remark must be a string of at most ${REMARK_CHARACTERS} characters`)
  }
  if (!call.state.people.contacts(owner.name).has(friend.name)) {
    throw illegalArgument(`user ${friend.name} is not a contact of ${owner.name}`)
  }
  call.emulated.store.commit({ op: 'contact.put', owner: owner.name, friend: friend.name, remark })
  return envelope(call, { entities: [] })
}

function namedFriend(call: Call): UserRecord {
  const friend = call.state.users.get(call.param('friend'))
  if (friend === undefined) throw serviceNotFound()
  return friend
}

const contact = '/users/:username/contacts/users/:friend'

/** Contacts. The paged list and the remark are under `/user/`, singular. */
export const contactRoutes: readonly Route[] = [
  route('POST', contact, 'users.contacts.add', addContact),
  route('DELETE', contact, 'users.contacts.remove', removeContact),
  route('GET', '/users/:username/contacts/users', 'users.contacts.list', listContacts),
  route('GET', '/user/:username/contacts', 'users.contacts.list', pageContacts),
  route('PUT', '/user/:username/contacts/users/:friend', 'users.contacts.remark', putRemark),
]
