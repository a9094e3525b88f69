import type { Language } from '@easemob-gateway/contracts'

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
  /** Encrypted; see accounts/keyring.ts. */
  readonly password: string
  /** A password change has begun and its outcome is not known yet. */
  readonly inDoubt: boolean
}

/** One request: what every handler is told. */
export interface RequestContext {
  readonly actor: Actor
  readonly requestId: string
  readonly language: Language
  readonly cancellation: Cancellation
}

/** Tells when nobody waits for the answer any more. */
export interface Cancellation {
  /** Aborted when the client has gone; made when it is first asked for. */
  readonly signal: AbortSignal
}
