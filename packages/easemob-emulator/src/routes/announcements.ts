import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { invalidParameter } from '../http/errors.ts'
import { namedGroup } from './group-entity.ts'
import { type Route, route } from './route.ts'

const ANNOUNCEMENT_CHARACTERS = 512

const getAnnouncement = (call: Call) =>
  groupAnswer(call, { announcement: namedGroup(call).record.announcement })

function putAnnouncement(call: Call): string {
  const { record } = namedGroup(call)
  const announcement = call.object()['announcement']
  if (typeof announcement !== 'string') throw invalidParameter('announcement must be provided')
  if ([...announcement].length > ANNOUNCEMENT_CHARACTERS) {
    throw invalidParameter('announcement length is too big')
  }
  call.emulated.store.commit({ op: 'group.put', group: { ...record, announcement } })
  groupEvent(call, record.id, 'update_announcement', { from: record.owner, reason: announcement })
  return groupAnswer(call, { id: record.id, result: true })
}

const path = '/chatgroups/:groupid/announcement'

/** The announcement of a group, up to 512 characters. */
export const announcementRoutes: readonly Route[] = [
  route('GET', path, 'groups.announcement.get', getAnnouncement),
  route('POST', path, 'groups.announcement.put', putAnnouncement),
]
