import type { Language } from '@easemob-gateway/contracts'

/** The user or administrator who sends a request. An administrator need not be an imported user. */
export interface Actor {
  /** The user id as a string of digits. */
  readonly id: string
  readonly admin: boolean
  /** The user's name; the id for an administrator who has not been imported. */
  readonly name: string
  /** Whether the user has been imported. */
  readonly known: boolean
  /** The IM account, read by the same statement; null when there is none. */
  readonly account: ActorAccount | null
}

/** The state of an IM account. */
export interface ActorAccount {
  readonly state: 'pending' | 'registered' | 'failed'
  /** Encrypted; see accounts/keyring.ts. */
  readonly password: string
  /** True while a password change is unfinished, so that either password may be valid at the vendor. */
  readonly inDoubt: boolean
}

/** What every handler receives about its request. */
export interface RequestContext {
  readonly actor: Actor
  readonly requestId: string
  readonly language: Language
  readonly cancellation: Cancellation
}

/** Tells whether the client has disconnected. */
export interface Cancellation {
  /** Aborted when the client has disconnected. Created by its first use. */
  readonly signal: AbortSignal
}
