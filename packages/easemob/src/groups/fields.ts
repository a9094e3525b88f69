import { isYes } from '../http/read.ts'
import type { GroupChanges, NewGroup } from './types.ts'

/** The names of the group fields in this package and in the vendor's API. */
const WIRE_NAMES = {
  name: 'groupname',
  description: 'description',
  public: 'public',
  maxUsers: 'maxusers',
  allowInvites: 'allowinvites',
  membersOnly: 'membersonly',
  inviteNeedConfirm: 'invite_need_confirm',
  avatar: 'avatar',
  custom: 'custom',
} as const satisfies Record<keyof GroupChanges, string>

const OUR_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(WIRE_NAMES).map(([ours, wire]) => [wire, ours]),
)

/** The changes under the vendor's names, without undefined fields. */
export function wireChanges(changes: GroupChanges): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const [ours, value] of Object.entries(changes)) {
    const wire = Object.entries(WIRE_NAMES).find(([name]) => name === ours)?.[1]
    if (wire !== undefined && value !== undefined) body[wire] = value
  }
  return body
}

/** A new group under the vendor's names. */
export function wireGroup({ groupId, owner, members, ...fields }: NewGroup): Record<string, unknown> {
  return { groupid: groupId, owner, members, ...wireChanges(fields) }
}

/** The vendor's answer to a change, under this package's names: whether each field was changed. */
export function ourFlags(data: Record<string, unknown>): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(data).map(([wire, value]) => [OUR_NAMES.get(wire) ?? wire, isYes(value)]),
  )
}
