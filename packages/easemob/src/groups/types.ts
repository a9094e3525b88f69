import type { Lost, Refused } from '../users/types.ts'

/** One member of a group as the vendor lists it. */
export type Affiliation = { member: string } | { owner: string }

/** A chat group (vendor documentation, "Chat group management: get group details"). Old answers lack fields: those are null. */
export type EasemobGroup = {
  id: string
  name: string
  description: string
  public: boolean
  membersOnly: boolean
  allowInvites: boolean
  inviteNeedConfirm: boolean | null
  /** The owner counts. */
  maxUsers: number
  /** From the top level, or from the affiliations where the top level has none. */
  owner: string | null
  /** ms since the epoch. */
  created: number | null
  custom: string
  /** All members, the owner included; `affiliations` lists at most 10,000 of them, in no fixed order. */
  affiliationsCount: number
  affiliations: Affiliation[]
  mute: boolean | null
  disabled: boolean | null
  scale: string | null
  avatar: string | null
}

/** A group to be created. */
export type NewGroup = {
  /** Digits. Undocumented but honoured: the vendor uses this id, and refuses a second group of it (`already_exists`). */
  groupId?: string | undefined
  /** At most 128 characters. */
  name: string
  /** At most 512 characters. */
  description: string
  public: boolean
  /** The owner counts. The vendor's default is 200; the upper bound depends on the plan. */
  maxUsers?: number | undefined
  /** May members invite? The vendor forces false on public groups. */
  allowInvites?: boolean | undefined
  /** Is the owner's consent needed to join a public group? */
  membersOnly?: boolean | undefined
  inviteNeedConfirm?: boolean | undefined
  /** At most 1,024 characters. */
  avatar?: string | undefined
  owner: string
  /** Without the owner. */
  members?: readonly string[] | undefined
  /** Any text, at most 1,024 characters to be safe. */
  custom?: string | undefined
}

/** What to change; what is absent stays. */
export type GroupChanges = {
  name?: string | undefined
  description?: string | undefined
  public?: boolean | undefined
  maxUsers?: number | undefined
  allowInvites?: boolean | undefined
  membersOnly?: boolean | undefined
  inviteNeedConfirm?: boolean | undefined
  avatar?: string | undefined
  custom?: string | undefined
}

/** A row of `groups.list`. */
export type GroupSummary = {
  groupId: string
  name: string
  /** Username, the app prefix of the wire (`org#app_`) taken off. */
  owner: string | null
  affiliationsCount: number | null
  /** ms since the epoch. */
  lastModified: number | null
}

/** A row of `groups.members.list`. */
export type GroupMember = { username: string; role: 'owner' | 'member' }

/** Every name given to `members.add` stands in exactly one of the lists, spelled as given. */
export type AddedMembers = { added: string[]; already: string[]; refused: Refused[]; lost: Lost[] }

/** Every name given to `members.remove` stands in exactly one of the lists, spelled as given. */
export type RemovedMembers = { removed: string[]; absent: string[]; refused: Refused[]; lost: Lost[] }
