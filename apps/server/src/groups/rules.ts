import type { EasemobGroup } from '@easemob-gateway/easemob'
import type { Actor } from '../request.ts'
import type { Group } from './reader.ts'

/** Everyone in a group, the owner included. */
export function memberIds(group: EasemobGroup): string[] {
  return group.affiliations.map(affiliation =>
    'owner' in affiliation ? affiliation.owner : affiliation.member,
  )
}

export function isMember(group: EasemobGroup, userId: string): boolean {
  return group.owner === userId || memberIds(group).includes(userId)
}

/** A public group is for everyone to see, a private one for its members and administrators. */
export function maySee(actor: Actor, group: EasemobGroup): boolean {
  return group.public || actor.admin || isMember(group, actor.id)
}

export function owns(actor: Actor, group: EasemobGroup): boolean {
  return actor.admin || group.owner === actor.id
}

/** Our own rule where we made the group, since the vendor forces false on public ones; else the vendor's. */
export function allowsInvites({ local, allowInvites }: Group): boolean {
  return local?.allowInvites ?? allowInvites
}

/** What an access rule about groups hands to the operation once it has been passed. */
export interface GroupGrants {
  'group.see': { readonly groups: readonly Group[] }
  'group.own': { readonly group: Group }
  'group.invite': { readonly group: Group }
  'group.remove': { readonly group: Group }
}
