const BASE_MS = 100
const CAP_MS = 2_000

/**
 * The delay before the next attempt, ms: exponential backoff with full jitter, at least `retryAfterMs` (the answer's `Retry-After`).
 *
 * @param attempt the attempt that failed, from 1
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 30))
  return Math.max(retryAfterMs, random * ceiling)
}
