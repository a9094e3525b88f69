import type { Language } from '@easemob-gateway/contracts'
import type { Easemob } from '@easemob-gateway/easemob'
import type { Logger } from 'pino'
import type { ReadActor } from './access/actor.ts'
import type { Keyring } from './accounts/keyring.ts'
import type { Kept } from './cache/ttl-cache.ts'
import type { Database } from './db/connect.ts'
import type { Reached } from './durable/failpoints.ts'
import type { Env } from './env.ts'
import type { Group, GroupReader } from './groups/reader.ts'
import type { Metrics } from './start/metrics.ts'
import type { Jobs } from './start/work.ts'
import type { Profile } from './users/profiles.ts'

/** What a process has one of. Made in services.ts, closed in reverse order. */
export interface Services {
  readonly env: Env
  readonly database: Database
  readonly vendor: Easemob
  readonly keyring: Keyring
  readonly readActor: ReadActor
  readonly groupReader: GroupReader
  readonly profiles: Kept<Profile>
  readonly jobs: Jobs
  readonly log: Logger
  readonly metrics: Metrics
  /** Called at each crash point. */
  readonly reached: Reached
}

/** What durable work runs on: everything but the jobs themselves. */
export type Core = Omit<Services, 'jobs'>

/** Who asks: the user a token names, or an administrator, who needs no profile. */
export interface Actor {
  /** The user id as a string of digits. */
  readonly id: string
  readonly admin: boolean
  /** The profile's name; the id for an administrator without a profile. */
  readonly name: string
  /** Whether the user has been imported. */
  readonly known: boolean
  /** The IM account as read together with the actor, in one round trip; null where there is none. */
  readonly account: ActorAccount | null
}

/** An IM account as it stands. */
export interface ActorAccount {
  readonly state: 'pending' | 'registered' | 'failed'
  /** Encrypted; see keys.ts. */
  readonly password: string
  /** A password change has begun and is not settled. */
  readonly inDoubt: boolean
}

/** One request: what every operation gets. */
export interface Context extends Services {
  readonly actor: Actor
  readonly requestId: string
  readonly language: Language
  readonly caller: Caller
}

/** Who waits for the answer. */
export interface Caller {
  /** Aborted when they have gone; made when it is first asked for. */
  readonly signal: AbortSignal
}

/** What an access rule hands to the operation once passed, read fresh from the vendor. */
export interface Grants {
  'group.see': { readonly groups: readonly Group[] }
  'group.own': { readonly group: Group }
  'group.invite': { readonly group: Group }
  'group.remove': { readonly group: Group }
}
