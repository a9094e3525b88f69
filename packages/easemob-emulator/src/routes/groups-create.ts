import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { exceedLimit, illegalArgument, invalidParameter, usernameNotFound } from '../http/errors.ts'
import { isStrings, type JsonObject, text, unique } from '../http/fields.ts'
import type { GroupRecord } from '../state/records.ts'
import { groupFlag, groupMaxUsers, groupText } from './group-rules.ts'

const DEFAULT_MAX_USERS = 200
const GROUP_ID = /^[1-9][0-9]{1,17}$/

/** `POST /chatgroups`: the owner and the members must exist; a custom `groupid` is used. */
export function createGroup(call: Call): string {
  const fields = call.object()
  const isPublic = groupFlag(fields, 'public')
  if (isPublic === undefined) throw invalidParameter('group must contain public field!')
  const owner = text(fields['owner'])?.toLowerCase()
  if (owner === undefined) throw invalidParameter('owner must be provided')
  const record: GroupRecord = {
    seq: 0,
    id: '',
    name: groupText(fields['groupname'], 'groupname') ?? '',
    description: groupText(fields['description'] ?? fields['desc'], 'description') ?? '',
    avatar: groupText(fields['avatar'], 'avatar'),
    public: isPublic,
    maxusers: groupMaxUsers(fields['maxusers']) ?? DEFAULT_MAX_USERS,
    allowinvites: !isPublic && (groupFlag(fields, 'allowinvites') ?? false),
    membersonly: groupFlag(fields, 'membersonly', 'members_only', 'approval') ?? false,
    inviteNeedConfirm: groupFlag(fields, 'invite_need_confirm') ?? true,
    owner,
    custom: groupText(fields['custom'], 'custom') ?? '',
    scale: fields['scale'] === 'large' ? 'large' : 'normal',
    created: call.at,
    modified: call.at,
    mute: false,
    disabled: false,
    announcement: '',
  }
  const members = membersOf(fields, owner)
  checkPeople(call, [owner, ...members], record.maxusers)
  const id = customId(call, fields['groupid']) ?? freshId(call)
  const { store, tallies } = call.emulated
  store.commit({ op: 'group.put', group: { ...record, id, seq: call.state.nextSeq() } })
  store.commit({ op: 'members.add', id, names: [owner, ...members], at: call.at })
  tallies.groupsCreated++
  groupEvent(call, id, 'create', { from: owner })
  for (const to of members) groupEvent(call, id, 'direct_joined', { from: owner, to })
  return groupAnswer(call, { groupid: id })
}

function membersOf(fields: JsonObject, owner: string): string[] {
  const members = fields['members'] ?? []
  if (!isStrings(members)) throw invalidParameter('members must be an array of usernames')
  return unique(members.map(name => name.toLowerCase())).filter(name => name !== owner)
}

function checkPeople(call: Call, names: readonly string[], maxusers: number): void {
  const { state, emulated } = call
  const missing = names.find(name => state.users.get(name) === undefined)
  if (missing !== undefined) throw usernameNotFound(missing)
  if (names.length > maxusers) throw exceedLimit('members size is greater than max user size !')
  const { groups, groupsPerUser = Number.POSITIVE_INFINITY } = emulated.quota
  if (groups !== undefined && state.groups.size >= groups) {
    throw exceedLimit(`appKey:${emulated.appKey} has create too many groups!`)
  }
  const busy = names.find(name => state.groups.joinedCount(name) >= groupsPerUser)
  if (busy !== undefined) throw exceedLimit(`user ${busy} has joined too many groups!`)
}

function customId(call: Call, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof id !== 'string' || !GROUP_ID.test(id)) {
    throw illegalArgument('groupid must be a string of 2 to 18 digits')
  }
  if (call.state.groups.get(id) !== undefined) throw illegalArgument(`group ID ${id} already exists!`)
  return id
}

function freshId(call: Call): string {
  for (;;) {
    const id = call.state.groupIds.next(call.at)
    if (call.state.groups.get(id) === undefined) return id
  }
}
