import type { EasemobErrorCode } from './errors.ts'

/** Fields of every event that belongs to one call. `call` is a number, unique within the client, by which events can be joined into spans. */
type OfCall = { call: number; operation: string }

/**
 * An event passed to `onEvent`, for metrics and OpenTelemetry spans. Times are ms.
 * Operations have few values (`users.get`, `groups.members.add`, …); usernames, ids, tokens, passwords and bodies never appear.
 *
 * - `request`: an attempt is sent (`attempt` counts from 1; `waitedMs`: how long it waited for breaker and pace)
 * - `response`: the attempt ended, with a status or with an error code
 * - `retry`: another attempt follows after `delayMs`, because of `code`
 * - `throttle`: a call waited for the pace (`reason: 'pace'`), or the vendor answered 429 (`'rate_limited'`), after which the limit class runs at `factor` of its pace
 * - `completed`: the call ended, with the total `attempts` and `ms`; `code` is undefined on success
 * - `token`: an app token was fetched, or dropped after a 401
 * - `breaker`: the circuit breaker changed its state
 * - `pace_store`: the shared pace store failed; until it answers again, this process paces itself alone
 *
 * @example createEasemob({ ...options, onEvent: event => event.type === 'completed' && histogram.observe(event.ms) })
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
  | (OfCall & { type: 'completed'; ms: number; attempts: number; code: EasemobErrorCode | undefined })
  | { type: 'throttle'; limitClass: string; reason: 'pace'; waitMs: number; operation: string }
  | { type: 'throttle'; limitClass: string; reason: 'rate_limited'; waitMs: number; factor: number }
  | { type: 'token'; action: 'fetched'; ms: number; expiresInMs: number }
  | { type: 'token'; action: 'dropped' }
  | { type: 'breaker'; state: BreakerState }
  | { type: 'pace_store'; limitClass: string; error: string }

/** `closed`: calls pass; `open`: they fail at once; `half_open`: one probe is in flight. */
export type BreakerState = 'closed' | 'open' | 'half_open'
