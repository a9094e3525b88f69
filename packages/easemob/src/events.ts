import type { EasemobErrorCode } from './errors.ts'

/** Fields of every event that belongs to one call. `call` numbers the calls of one client, so that events can be joined into spans. */
type OfCall = { call: number; operation: string }

/**
 * What a client tells its `onEvent` listener: enough for metrics and OpenTelemetry spans. Times are ms.
 * Operations have few values (`users.get`, `groups.members.add`, …); usernames, ids, tokens, passwords and bodies never appear.
 *
 * - `request`: an attempt goes out now (`attempt` counts from 1; `waitedMs`: time spent waiting for the pace)
 * - `response`: the attempt ended, with a status or with an error code
 * - `retry`: another attempt follows after `delayMs`, because of `code`
 * - `throttle`: a call had to wait for the pace (`reason: 'pace'`), or the vendor said "too many" (`'rate_limited'`), after which the class runs at `factor` of its pace
 * - `settled`: the call is over, after `attempts` and `ms` in all
 * - `token`: an app token was fetched, or dropped after a 401
 * - `breaker`: the circuit breaker changed its state
 * - `pace_store`: the shared pace store failed; this process paces itself alone until it answers again
 */
export type EasemobEvent =
  | (OfCall & { type: 'request'; attempt: number; limitClass: string; waitedMs: number })
  | (OfCall & {
      type: 'response'
      attempt: number
      ms: number
      status: number | undefined
      code: EasemobErrorCode | undefined
      requestId: string | undefined
    })
  | (OfCall & { type: 'retry'; attempt: number; delayMs: number; code: EasemobErrorCode })
  | (OfCall & { type: 'settled'; ms: number; attempts: number; code: EasemobErrorCode | undefined })
  | { type: 'throttle'; limitClass: string; reason: 'pace'; waitMs: number; operation: string }
  | { type: 'throttle'; limitClass: string; reason: 'rate_limited'; waitMs: number; factor: number }
  | { type: 'token'; action: 'fetched'; ms: number; expiresInMs: number }
  | { type: 'token'; action: 'dropped' }
  | { type: 'breaker'; state: BreakerState }
  | { type: 'pace_store'; limitClass: string; error: string }

/** `closed`: calls pass; `open`: they fail at once; `half_open`: one probe is under way. */
export type BreakerState = 'closed' | 'open' | 'half_open'
