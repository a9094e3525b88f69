import type { Lost, Refused } from '../users/types.ts'

/** One member of a group as the vendor lists it. */
export type Affiliation = { member: string } | { owner: string }

/** A chat group (vendor documentation, "Chat group management": get group details). Fields that older apps do not answer are null. */
export type EasemobGroup = {
  id: string
  name: string
  description: string
  public: boolean
  membersOnly: boolean
  allowInvites: boolean
  inviteNeedConfirm: boolean | null
  /** Capacity; the owner counts. */
  maxUsers: number
  /** Username of the owner, from the group's own field or, where it is missing, from the affiliations. */
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

/**
 * A group to create.
 * @example const group: NewGroup = { name: 'g', description: 'd', public: true, owner: '1', members: ['2', '3'] }
 */
export type NewGroup = {
  /**
   * An id of digits to use for the group. The vendor does not document it, but uses it, and refuses a second group with the same id
   * (`already_exists`).
   */
  groupId?: string | undefined
  /** At most 128 characters. */
  name: string
  /** At most 512 characters. */
  description: string
  public: boolean
  /** The owner counts. The vendor's default is 200, and the plan sets the upper bound. */
  maxUsers?: number | undefined
  /** Whether members may invite others. The vendor sets false on public groups. */
  allowInvites?: boolean | undefined
  /** Whether joining a public group needs the owner's consent. */
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

/**
 * The fields to change; absent fields stay as they are. Limits as in {@link NewGroup}.
 * @example const changes: GroupChanges = { name: 'new', maxUsers: 300 }
 */
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
  /** Username, without the prefix `org#app_` that the vendor's list answers. */
  owner: string | null
  affiliationsCount: number | null
  /** ms since the epoch. */
  lastModified: number | null
}

/** A row of `groups.members.list`. */
export type GroupMember = { username: string; role: 'owner' | 'member' }

/** The result of `groups.members.add`: every name given is in exactly one of the lists, spelled as given. */
export type AddedMembers = { added: string[]; already: string[]; refused: Refused[]; lost: Lost[] }

/** The result of `groups.members.remove`: every name given is in exactly one of the lists, spelled as given. */
export type RemovedMembers = { removed: string[]; absent: string[]; refused: Refused[]; lost: Lost[] }
