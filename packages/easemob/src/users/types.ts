import type { EasemobError, EasemobErrorCode } from '../errors.ts'

/** A user (vendor documentation, "User management"). */
export type EasemobUser = {
  /** Lower case, as the vendor stores it. */
  username: string
  uuid: string | null
  /** ms since the epoch. */
  created: number | null
  /** ms since the epoch. */
  modified: number | null
  /** False when deactivated: the user cannot log in. */
  activated: boolean
  /** The name shown in push notices; null when never set. */
  nickname: string | null
}

/**
 * A user to register.
 * @example const user: NewUser = { username: '1', password: 'b7c1…' }
 */
export type NewUser = {
  /** 1–64 of `a-z 0-9 _ - .`; upper case is folded to lower by the vendor. */
  username: string
  /** 1–64 characters. */
  password: string
  /** At most 100 characters. */
  nickname?: string | undefined
}

/** A name that was refused; `reason` is the vendor's text, or this package's where it refused the name before sending. */
export type Refused = { username: string; reason: string; code: EasemobErrorCode }
/** A name whose call failed, retries included. It may be sent again later. */
export type Lost = { username: string; error: EasemobError }

/** The result of `users.createMany`: every user given is in exactly one of the lists, spelled as given. */
export type CreatedMany = { created: string[]; existing: string[]; refused: Refused[]; lost: Lost[] }

/** A row of `users.joinedGroups`. */
export type JoinedGroup = { groupId: string; name: string }
