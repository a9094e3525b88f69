const BASE_MS = 100
const CAP_MS = 2_000

/**
 * How long to wait before the next attempt, ms: exponential with full jitter, at least what `Retry-After` asked for.
 * `attempt`: the attempt that just failed, from 1. `random` in [0, 1).
 */
export function backoffMs(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 30))
  return Math.max(retryAfterMs, random * ceiling)
}
