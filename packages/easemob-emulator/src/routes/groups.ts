import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { groupNotListed, invalidParameter } from '../http/errors.ts'
import { bounded, unique } from '../http/fields.ts'
import { cursorOf, positionOf } from './cursor.ts'
import { groupDetail, namedGroup } from './group-entity.ts'
import { createGroup } from './groups-create.ts'
import { operationOfUpdate, updateGroup } from './groups-update.ts'
import { type Route, route } from './route.ts'

const IDS = 100
const PAGE = 1000
const DEFAULT_PAGE = 10

/** `GET /chatgroups/{id,…}`: an unknown id among known ones is answered by an element without `id`. */
function getGroups(call: Call): string {
  const ids = unique(call.param('groupid').split(',').filter(Boolean))
  if (ids.length > IDS) throw invalidParameter(`getGroups: groupIds number more than maxSize : ${IDS}`)
  const found = ids.map(id => ({ id, group: call.state.groups.get(id) }))
  const count = found.filter(({ group }) => group !== undefined).length
  if (count === 0) throw groupNotListed(ids.join(','))
  const data = found.map(({ id, group }) =>
    group === undefined ? { groupid: id, error: "group id doesn't exist" } : groupDetail(group),
  )
  return groupAnswer(call, data, { count })
}

/** `GET /chatgroups` */
function listGroups(call: Call): string {
  const limit = bounded(call.query.get('limit'), 1, PAGE, DEFAULT_PAGE)
  const from = positionOf(call.query.get('cursor'), Number.MAX_SAFE_INTEGER)
  const found = call.state.groups.order.before(from, limit + 1)
  const page = found.slice(0, limit)
  const data = page.map(({ record, members }) => ({
    owner: `${call.emulated.appKey}_${record.owner}`,
    groupid: record.id,
    affiliations: members.size,
    type: 'group',
    lastModified: String(record.modified),
    groupname: record.name,
  }))
  const cursor = found.length > limit ? cursorOf(page.at(-1)?.seq ?? 0) : undefined
  return groupAnswer(call, data, { count: page.length, cursor })
}

/** `DELETE /chatgroups/{id}` */
function deleteGroup(call: Call): string {
  const { id, owner } = namedGroup(call).record
  call.emulated.store.commit({ op: 'group.delete', id })
  call.emulated.tallies.groupsDeleted++
  groupEvent(call, id, 'destroy', { from: owner })
  return groupAnswer(call, { success: true, groupid: id })
}

/** Creation, details, list, change and deletion of groups. */
export const groupRoutes: readonly Route[] = [
  route('POST', '/chatgroups', 'groups.create', createGroup),
  route('GET', '/chatgroups', 'groups.list', listGroups),
  route('GET', '/chatgroups/:groupid', 'groups.get', getGroups),
  route('PUT', '/chatgroups/:groupid', 'groups.update', updateGroup, { operationOf: operationOfUpdate }),
  route('DELETE', '/chatgroups/:groupid', 'groups.delete', deleteGroup),
]
