import type { MessageRecord } from '../state/records.ts'
import { TokenBucket } from './token-bucket.ts'
import { MESSAGES_PER_SECOND, rateLimitOf } from './vendor-limits.ts'

/** Which rate limits the emulator enforces. */
export interface LimitOptions {
  /** calls a second over all users and groups operations; undefined: no such limit */
  readonly callsPerSecond?: number | undefined
  /** whether the vendor's own limits are enforced */
  readonly vendorLimits?: boolean | undefined
}

/** Rate limits as token buckets on the emulator's clock, so that advancing the clock refills them. */
export class Limits {
  readonly #options: LimitOptions
  readonly #now: () => number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(options: LimitOptions, now: () => number) {
    this.#options = options
    this.#now = now
  }

  /** Counts a call. False when it is beyond a limit and must be answered 429 `reach_limit`. */
  takeCall(operation: string): boolean {
    const { callsPerSecond, vendorLimits } = this.#options
    const counted = operation.startsWith('users.') || operation.startsWith('groups.')
    if (callsPerSecond !== undefined && counted && !this.#take('all', callsPerSecond, 1)) return false
    if (!vendorLimits) return true
    const { pool, perSecond } = rateLimitOf(operation)
    return this.#take(pool, perSecond, 1)
  }

  /** Counts `count` messages. False when they are beyond the limit and must be answered 403 `message_send_error`. */
  takeMessages(target: MessageRecord['target'], count: number): boolean {
    if (!this.#options.vendorLimits) return true
    // Single chat is limited by the minute, the others by the second.
    const burstSeconds = target === 'users' ? 60 : 1
    return this.#take(`${target} messages`, MESSAGES_PER_SECOND[target], count, burstSeconds)
  }

  /** Refills all buckets. */
  clear(): void {
    this.#buckets.clear()
  }

  #take(pool: string, perSecond: number, units: number, burstSeconds = 1): boolean {
    const now = this.#now()
    let bucket = this.#buckets.get(pool)
    if (bucket === undefined) {
      bucket = new TokenBucket(perSecond, burstSeconds, now)
      this.#buckets.set(pool, bucket)
    }
    return bucket.take(units, now)
  }
}
