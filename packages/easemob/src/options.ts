import type { BreakerOptions } from './call/breaker.ts'
import type { EasemobEvent } from './events.ts'
import type { PaceStore } from './pace/pace-store.ts'

/**
 * `interactive` calls get the next slot of the pace before `bulk` ones; while both wait, every ninth slot goes to `bulk`. When the circuit
 * breaker is open, bulk calls wait for it and interactive ones fail at once.
 */
export type Priority = 'interactive' | 'bulk'

/**
 * The last argument of every call.
 * @example await easemob.users.get('1', { deadlineMs: 2_000, signal: request.signal })
 */
export type CallOptions = {
  /** Ends the call with `aborted`; a call in flight that is not idempotent ends with `outcome_unknown`. */
  signal?: AbortSignal | undefined
  /** Default `interactive`; `bulk` for `users.createMany`. */
  priority?: Priority | undefined
  /** Time limit of the whole call, waiting and retries included, ms. Methods that make several calls apply it to each. Default: the client's. */
  deadlineMs?: number | undefined
  /** Time limit of one attempt, from handing it to the connection pool until the whole body is read, ms. Default: the client's. */
  attemptTimeoutMs?: number | undefined
}

/**
 * Options of {@link createEasemob}. All but the app key and the credentials have a default.
 * @example const options: EasemobOptions = { appKey: 'org#app', clientId, clientSecret, callsPerSecond: 50 }
 */
export type EasemobOptions = {
  /** `org#app`, from the vendor's console. */
  appKey: string
  clientId: string
  clientSecret: string
  /** Scheme, host and port of the REST server of the app's data centre. Default `https://a1.easemob.com`. */
  baseUrl?: string | undefined
  /**
   * Calls per second in each limit class that the vendor documents at 100/s (users, chat groups). Lower documented limits stay as they are
   * (joined groups 50/s, messages to groups 20/s), and no class runs faster than this. Default 100. `Infinity` turns the pace off.
   */
  callsPerSecond?: number | undefined
  /** Shares the pace between all processes of one app key. Default: none, the client keeps the pace alone. */
  paceStore?: PaceStore | undefined
  /** Default 10,000 ms. */
  attemptTimeoutMs?: number | undefined
  /** Default 30,000 ms. */
  deadlineMs?: number | undefined
  /** Attempts per idempotent call, the first included. Default 12. */
  maxAttempts?: number | undefined
  /** Most connections to the vendor; each carries one request at a time. Default 64. */
  maxConnections?: number | undefined
  /**
   * Largest answer that is read, bytes; a larger one ends the call with `malformed`. Default 64 MiB (100 groups of 10,000 members are about 25 MB).
   */
  maxBodyBytes?: number | undefined
  breaker?: BreakerOptions | undefined
  /** The current time, ms since the epoch; must not go back. Default: from `performance.now()`. */
  clock?: (() => number) | undefined
  /** Default: Node's timers. */
  sleep?: Sleep | undefined
  /** Returns a number in [0, 1), for the jitter of the backoff. Default `Math.random`. */
  random?: (() => number) | undefined
  /** Called synchronously for every {@link EasemobEvent}; errors it throws are ignored. */
  onEvent?: ((event: EasemobEvent) => void) | undefined
}

/**
 * Resolves after `ms`; rejects with `signal.reason` as soon as the signal is aborted.
 * @example const sleep: Sleep = (ms, signal) => setTimeout(ms, undefined, { signal }) // of node:timers/promises
 */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>
