import { groupEvent } from '../callbacks/events.ts'
import type { Call, Handler } from '../http/call.ts'
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

const disable =
  (disabled: boolean): Handler =>
  call => {
    const { record } = namedGroup(call)
    call.emulated.store.commit({ op: 'group.put', group: { ...record, disabled } })
    return groupAnswer(call, { disabled })
  }

const group = '/chatgroups/:groupid'
const announcement = `${group}/announcement`

/** Announcement, disable and enable. */
export const groupNoteRoutes: readonly Route[] = [
  route('GET', announcement, 'groups.announcement.get', getAnnouncement),
  route('POST', announcement, 'groups.announcement.put', putAnnouncement),
  route('POST', `${group}/disable`, 'groups.disable', disable(true)),
  route('POST', `${group}/enable`, 'groups.enable', disable(false)),
]
