import type { EasemobEvent } from '../events.ts'
import type { Transport } from '../http/transport.ts'
import type { Pacers } from '../pace/pacers.ts'
import type { Settings } from '../settings.ts'
import type { TokenSource } from '../token/token-source.ts'
import type { Breaker } from './breaker.ts'

/** What all calls of one client share. */
export type ClientParts = {
  readonly settings: Settings
  readonly token: TokenSource
  readonly breaker: Breaker
  readonly pacers: Pacers
  readonly transport: Transport
  /** Undefined when nobody listens, so that events are not built for nothing. */
  readonly emit: ((event: EasemobEvent) => void) | undefined
  readonly counts: { calls: number; attempts: number; retries: number; inFlight: number }
  /** Aborted when the client is closed. */
  readonly closing: AbortSignal
}
