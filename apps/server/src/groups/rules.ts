import type { EasemobGroup } from '@easemob-gateway/easemob'
import type { Actor } from '../request.ts'

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
