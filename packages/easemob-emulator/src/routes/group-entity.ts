import type { Call } from '../http/call.ts'
import { groupNotFound, groupNotListed } from '../http/errors.ts'
import type { Group } from '../state/groups.ts'

const MEMBERS_SHOWN = 10_000

/** The group named in the path of a write (404 `resource_not_found`). */
export function namedGroup(call: Call): Group {
  const group = call.state.groups.get(call.param('groupid'))
  if (group === undefined) throw groupNotFound(call.param('groupid'))
  return group
}

/** The group named in the path of a read (404 `service_resource_not_found`). */
export function listedGroup(call: Call): Group {
  const group = call.state.groups.get(call.param('groupid'))
  if (group === undefined) throw groupNotListed(call.param('groupid'))
  return group
}

/** A row of a member list: the owner under `owner`, others, admins included, under `member`. */
export const affiliation = (group: Group, name: string) =>
  name === group.record.owner ? { owner: name } : { member: name }

/** The detail of a group: members first, the owner last, at most 10,000 rows in all. */
export function groupDetail({ record, members }: Group) {
  const affiliations: object[] = []
  for (const name of members.keys()) {
    if (affiliations.length === MEMBERS_SHOWN - 1) break
    if (name !== record.owner) affiliations.push({ member: name })
  }
  affiliations.push({ owner: record.owner })
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    membersonly: record.membersonly,
    allowinvites: record.allowinvites,
    invite_need_confirm: record.inviteNeedConfirm,
    maxusers: record.maxusers,
    owner: record.owner,
    created: record.created,
    custom: record.custom,
    mute: record.mute,
    scale: record.scale,
    disabled: record.disabled,
    avatar: record.avatar,
    affiliations_count: members.size,
    affiliations,
    public: record.public,
  }
}
