import type { Call } from '../http/call.ts'
import { envelope, groupAnswer } from '../http/envelope.ts'
import { bounded } from '../http/fields.ts'
import type { Group } from '../state/groups.ts'
import { cursorOf, positionOf } from './cursor.ts'
import { affiliation, listedGroup, namedGroup } from './group-entity.ts'
import { addMany, addOne } from './members-add.ts'
import { removeMembers } from './members-remove.ts'
import { namedUser, type Route, route } from './route.ts'

const PAGE = 1000

/** `GET …/users`: pages by number; with `version=v3` pages by cursor, plain names without the owner. */
function listMembers(call: Call): string {
  const group = listedGroup(call)
  return call.query.get('version') === 'v3' ? listByCursor(call, group) : listByNumber(call, group)
}

function listByNumber(call: Call, group: Group): string {
  const size = bounded(call.query.get('pagesize'), 1, PAGE, PAGE)
  const page = bounded(call.query.get('pagenum'), 1, Number.MAX_SAFE_INTEGER, 1)
  const withTime = call.query.get('joined_time') === 'true'
  const rows = ordered(call, group)
    .slice((page - 1) * size, page * size)
    .map(name => ({
      ...affiliation(group, name),
      ...(withTime ? { joined_time: group.members.get(name)?.at } : {}),
    }))
  return groupAnswer(call, rows, { count: rows.length })
}

/** The owner first, then in order of joining, newest first with `sort=desc`. */
function ordered(call: Call, group: Group): string[] {
  const { owner } = group.record
  const others = [...group.members.keys()].filter(name => name !== owner)
  return [owner, ...(call.query.get('sort') === 'desc' ? others.reverse() : others)]
}

function listByCursor(call: Call, group: Group): string {
  const limit = bounded(call.query.get('limit'), 1, PAGE, 10)
  const newestFirst = call.query.get('sort') === 'desc'
  const from = positionOf(call.query.get('cursor'), newestFirst ? Number.MAX_SAFE_INTEGER : 0)
  const rows = [...group.members].filter(([name]) => name !== group.record.owner)
  if (newestFirst) rows.reverse()
  const rest = rows.filter(([, { seq }]) => (newestFirst ? seq < from : seq > from))
  const page = rest.slice(0, limit)
  const cursor = rest.length > limit ? cursorOf(page.at(-1)?.[1].seq ?? 0) : undefined
  const data = page.map(([name]) => name)
  return groupAnswer(call, data, { count: data.length, cursor })
}

/** `GET …/user/{u}/is_joined`: false also for an unknown user. */
function isJoined(call: Call): string {
  return groupAnswer(call, namedGroup(call).members.has(call.param('username').toLowerCase()))
}

/** `GET /users/{u}/joined_chatgroups`: most recently joined first, at most 500 unless paged. */
function joinedOf(call: Call): string {
  const groups = joinedGroups(call)
  const paged = call.query.has('pagesize') || call.query.has('pagenum')
  const size = paged ? bounded(call.query.get('pagesize'), 1, 100, 10) : 500
  const page = paged ? bounded(call.query.get('pagenum'), 1, Number.MAX_SAFE_INTEGER, 1) : 1
  const data = groups
    .slice((page - 1) * size, page * size)
    .map(({ record }) => ({ groupid: record.id, groupname: record.name }))
  return groupAnswer(call, data, { count: data.length })
}

/** `GET /chatgroups/user/{u}`: pages from 0, the result in `entities`. */
function joinedPage(call: Call): string {
  const groups = joinedGroups(call)
  const size = bounded(call.query.get('pagesize'), 1, 20, 5)
  const page = bounded(call.query.get('pagenum'), 0, Number.MAX_SAFE_INTEGER, 0)
  const entities = groups.slice(page * size, (page + 1) * size).map(({ record }) => ({
    id: record.id,
    groupId: record.id,
    name: record.name,
    avatar: record.avatar,
    owner: record.owner,
    description: record.description,
    disabled: record.disabled,
    public: record.public,
    allowinvites: record.allowinvites,
    membersonly: record.membersonly,
    maxusers: record.maxusers,
    created: record.created,
  }))
  return envelope(call, { entities, properties: true, total: groups.length, count: entities.length })
}

function joinedGroups(call: Call): Group[] {
  return call.state.groups.joinedBy(namedUser(call).name).reverse()
}

/** Members of a group, and the groups of a user. */
export const memberRoutes: readonly Route[] = [
  route('GET', '/chatgroups/:groupid/users', 'groups.members.list', listMembers),
  route('POST', '/chatgroups/:groupid/users', 'groups.members.add', addMany),
  route('POST', '/chatgroups/:groupid/users/:username', 'groups.members.add', addOne),
  route('DELETE', '/chatgroups/:groupid/users/:username', 'groups.members.remove', removeMembers),
  route('GET', '/chatgroups/:groupid/user/:username/is_joined', 'groups.isJoined', isJoined),
  route('GET', '/users/:username/joined_chatgroups', 'groups.joined', joinedOf),
  route('GET', '/chatgroups/user/:username', 'groups.joined', joinedPage),
]
