import type { EasemobGroup } from '@easemob-gateway/easemob'
import type { Actor } from '../request.ts'
import type { Group } from './reader.ts'

/** The ids of a group's members, the owner included. */
export function memberIds(group: EasemobGroup): string[] {
  return group.affiliations.map(affiliation =>
    'owner' in affiliation ? affiliation.owner : affiliation.member,
  )
}

/** Whether a user is a member of a group, or its owner. */
export function isMember(group: EasemobGroup, userId: string): boolean {
  return group.owner === userId || memberIds(group).includes(userId)
}

/** Whether an actor may see a group: a public one everyone, a private one its members and administrators. */
export function maySee(actor: Actor, group: EasemobGroup): boolean {
  return group.public || actor.admin || isMember(group, actor.id)
}

/** Whether an actor may change a group: its owner and administrators. */
export function owns(actor: Actor, group: EasemobGroup): boolean {
  return actor.admin || group.owner === actor.id
}

/** Whether members may invite others: the local row decides, since the vendor forces false on public groups. */
export function allowsInvites({ local, allowInvites }: Group): boolean {
  return local?.allowInvites ?? allowInvites
}

/** What each access rule about groups passes to the handler. */
export interface GroupGrants {
  'group.see': { readonly groups: readonly Group[] }
  'group.own': { readonly group: Group }
  'group.invite': { readonly group: Group }
  'group.remove': { readonly group: Group }
}
