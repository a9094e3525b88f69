import { groupEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { forbidden, invalidParameter } from '../http/errors.ts'
import { type JsonObject, text } from '../http/fields.ts'
import type { Group } from '../state/groups.ts'
import type { GroupRecord } from '../state/records.ts'
import { namedGroup } from './group-entity.ts'
import { groupFlag, groupMaxUsers, groupText } from './group-rules.ts'

const VALID_FIELDS = new Set([
  ...['groupname', 'name', 'avatar', 'description', 'desc', 'maxusers', 'membersonly', 'members_only'],
  ...['allowinvites', 'invite_need_confirm', 'custom', 'public', 'need_verify', 'newowner'],
])

/** `PUT /chatgroups/{id}` serves two operations; a new owner in the body makes it a transfer. */
export const operationOfUpdate = (bodyText: string): string =>
  bodyText.includes('"newowner"') ? 'groups.transfer' : 'groups.update'

/** `PUT /chatgroups/{id}`: answers `true` for every field sent, not the new values. */
export function updateGroup(call: Call): string {
  const fields = call.object()
  const group = namedGroup(call)
  const unknown = Object.keys(fields).filter(key => !VALID_FIELDS.has(key))
  if (unknown.length > 0) throw invalidParameter(`some of [${unknown.join(', ')}] are not valid fields`)
  const edited = edit(group.record, fields)
  if (edited.maxusers < group.members.size) {
    throw forbidden('current user count is larger than the maxUsers that you want to update !')
  }
  const owner = 'newowner' in fields ? newOwner(group, fields['newowner']) : group.record.owner
  const { store } = call.emulated
  store.commit({ op: 'group.put', group: { ...edited, owner, modified: call.at } })
  if (owner === edited.owner) groupEvent(call, edited.id, 'update', { from: owner })
  else {
    store.commit({ op: 'group.list', id: edited.id, list: 'admins', names: [owner], listed: false })
    groupEvent(call, edited.id, 'assing_owner', { from: edited.owner, to: owner })
  }
  return groupAnswer(call, Object.fromEntries(Object.keys(fields).map(key => [key, true])))
}

function edit(record: GroupRecord, fields: JsonObject): GroupRecord {
  return {
    ...record,
    name: groupText(fields['groupname'] ?? fields['name'], 'groupname') ?? record.name,
    description: groupText(fields['description'] ?? fields['desc'], 'description') ?? record.description,
    avatar: groupText(fields['avatar'], 'avatar') ?? record.avatar,
    custom: groupText(fields['custom'], 'custom') ?? record.custom,
    maxusers: groupMaxUsers(fields['maxusers']) ?? record.maxusers,
    membersonly: groupFlag(fields, 'membersonly', 'members_only') ?? record.membersonly,
    allowinvites: groupFlag(fields, 'allowinvites') ?? record.allowinvites,
    inviteNeedConfirm: groupFlag(fields, 'invite_need_confirm') ?? record.inviteNeedConfirm,
    public: groupFlag(fields, 'public') ?? record.public,
  }
}

function newOwner(group: Group, value: unknown): string {
  const name = text(value)?.toLowerCase()
  if (name === undefined) throw invalidParameter('newowner must be provided')
  if (name === group.record.owner) throw forbidden('new owner and old owner are the same')
  if (!group.members.has(name)) throw forbidden(`user: ${name} doesn't exist in group: ${group.record.id}`)
  return name
}
