import { groupEvent } from '../callbacks/events.ts'
import type { Call, Handler } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { forbidden, invalidParameter } from '../http/errors.ts'
import { number } from '../http/fields.ts'
import { namedGroup } from './group-entity.ts'
import { type Route, route } from './route.ts'
import { pathNames, usernames } from './usernames.ts'

const BATCH = 60
const FOR_EVER = -1

function listMutes(call: Call): string {
  const data = [...namedGroup(call).mutes]
    .filter(([, until]) => until === FOR_EVER || until > call.at)
    .map(([user, expire]) => ({ expire, user }))
  return groupAnswer(call, data, { count: data.length })
}

function addMutes(call: Call): string {
  const group = namedGroup(call)
  const { id, owner } = group.record
  const fields = call.object()
  const names = usernames(fields['usernames'])
  if (names.length > BATCH) throw invalidParameter(`muteMember: members number more than maxSize : ${BATCH}`)
  const duration = number(fields['mute_duration'])
  if (duration === undefined) throw invalidParameter('mute_duration must be provided')
  const strangers = names.filter(name => !group.members.has(name))
  if (strangers.length > 0) throw forbidden(`users [${strangers.join(', ')}] are not members of this group!`)
  if (names.includes(owner)) throw forbidden('forbidden operation on group owner!')
  const until = duration < 0 ? FOR_EVER : call.at + duration
  call.emulated.store.commit({ op: 'group.mute', id, names, until })
  for (const to of names) groupEvent(call, id, 'add_mute', { from: owner, to })
  return groupAnswer(
    call,
    names.map(user => ({ result: true, expire: until, user })),
  )
}

function removeMutes(call: Call): string {
  const { id, owner } = namedGroup(call).record
  const names = pathNames(call.param('username'))
  call.emulated.store.commit({ op: 'group.mute', id, names, until: null })
  for (const to of names) groupEvent(call, id, 'remove_mute', { from: owner, to })
  return groupAnswer(
    call,
    names.map(user => ({ result: true, user })),
  )
}

const muteAll =
  (mute: boolean): Handler =>
  call => {
    const { record } = namedGroup(call)
    call.emulated.store.commit({ op: 'group.put', group: { ...record, mute } })
    groupEvent(call, record.id, mute ? 'ban_group' : 'remove_ban_group', { from: record.owner })
    return groupAnswer(call, { mute })
  }

const path = '/chatgroups/:groupid/mute'
const ban = '/chatgroups/:groupid/ban'

/** Mutes of members and of the whole group. They are stored and listed, but do not stop messages sent over REST. */
export const muteRoutes: readonly Route[] = [
  route('GET', path, 'groups.mutes.list', listMutes),
  route('POST', path, 'groups.mutes.add', addMutes),
  route('DELETE', `${path}/:username`, 'groups.mutes.remove', removeMutes),
  route('POST', ban, 'groups.muteAll', muteAll(true)),
  route('DELETE', ban, 'groups.unmuteAll', muteAll(false)),
]
