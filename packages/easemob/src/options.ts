import type { BreakerOptions } from './call/breaker.ts'
import type { EasemobEvent } from './events.ts'
import type { PaceStore } from './pace/pace-store.ts'

/**
 * `interactive` calls take the next free slot of the pace, before `bulk` ones; while both wait, every ninth slot still
 * goes to `bulk`. Bulk calls also wait for an open circuit breaker, where interactive ones fail at once.
 */
export type Priority = 'interactive' | 'bulk'

/** The last argument of every call. */
export type CallOptions = {
  /** Ends the call with `aborted`; a call that must not be repeated and is under way ends with `outcome_unknown`. */
  signal?: AbortSignal | undefined
  /** Default `interactive`; `bulk` for `users.createMany`. */
  priority?: Priority | undefined
  /** For the call as a whole, waiting and retries included, ms. Default: the client's. Batch calls: for each batch. */
  deadlineMs?: number | undefined
  /** For one attempt, from the moment it is handed to the connection pool until the whole body is read, ms. Default: the client's. */
  attemptTimeoutMs?: number | undefined
}

/** What {@link createEasemob} takes. Everything but the app key and the credentials has a default. */
export type EasemobOptions = {
  /** `org#app`, from the vendor's console. */
  appKey: string
  clientId: string
  clientSecret: string
  /** Scheme, host and port of the REST server of the app's data centre. Default `https://a1.easemob.com`. */
  baseUrl?: string | undefined
  /**
   * Pace per second and limit class, for the classes the vendor documents at 100/s (users, chat groups); lower documented limits
   * stay (joined groups 50/s, messages to groups 20/s), and nothing runs faster than this. Default 100. `Infinity`: no pace at all.
   */
  callsPerSecond?: number | undefined
  /** Shares the pace between all processes of one app key. Default: {@link createMemoryPaceStore}, this client alone. */
  paceStore?: PaceStore | undefined
  /** Default 10,000 ms. */
  attemptTimeoutMs?: number | undefined
  /** Default 30,000 ms. */
  deadlineMs?: number | undefined
  /** Attempts per idempotent call, the first included. Default 12. */
  maxAttempts?: number | undefined
  /** Connections to the vendor, each carrying one request at a time. Default 64. */
  maxConnections?: number | undefined
  /** Longest answer that is read, bytes. Default 64 MiB (100 groups of 10,000 members are about 25 MB). */
  maxBodyBytes?: number | undefined
  breaker?: BreakerOptions | undefined
  /** Milliseconds since the epoch, never going back. */
  clock?: (() => number) | undefined
  /** Resolves after `ms`; rejects with `signal.reason` when aborted. */
  sleep?: Sleep | undefined
  /** In [0, 1), for jitter. */
  random?: (() => number) | undefined
  /** Called synchronously for every {@link EasemobEvent}; what it throws is ignored. */
  onEvent?: ((event: EasemobEvent) => void) | undefined
}

/** Waits `ms`; rejects with `signal.reason` as soon as the signal is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>
