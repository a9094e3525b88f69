import type { EasemobError, EasemobErrorCode } from '../errors.ts'

/** A user as the vendor answers it (vendor documentation, "User management"). */
export type EasemobUser = {
  /** As the vendor keeps it: lower case. */
  username: string
  uuid: string | null
  /** ms since the epoch. */
  created: number | null
  modified: number | null
  /** False when deactivated: cannot log in. */
  activated: boolean
  /** The name shown in push notices; null when never set. */
  nickname: string | null
}

/** A user to be created. */
export type NewUser = {
  /** 1–64 of `a-z 0-9 _ - .`; upper case is folded to lower by the vendor. */
  username: string
  /** 1–64 characters. */
  password: string
  /** At most 100 characters. */
  nickname?: string | undefined
}

/** A name the vendor refused, with its words. */
export type Refused = { username: string; reason: string; code: EasemobErrorCode }
/** A name whose call failed for good, retries included; trying again later is safe. */
export type Lost = { username: string; error: EasemobError }

/** Every user given to `createMany` stands in exactly one of the lists, spelled as given. */
export type CreatedMany = { created: string[]; existing: string[]; refused: Refused[]; lost: Lost[] }

/** A group a user is in. */
export type JoinedGroup = { groupId: string; name: string }
