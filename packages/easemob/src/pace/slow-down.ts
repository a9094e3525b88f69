const STEP = 0.8
const LOWEST = 0.1
const CALM_MS = 10_000
const FASTEST_RECOVERY = 0.25
const SLOWEST_RECOVERY = 0.02

/**
 * By how much a limit class runs below its pace. A 429 takes a fifth off, at most once in half a second; it comes back by itself, the slower the
 * more often it happens, so that it settles near what the vendor really grants.
 */
export class SlowDown {
  #factor = 1
  #at = Number.NEGATIVE_INFINITY
  #recoveryPerSecond = FASTEST_RECOVERY

  factor(now: number): number {
    if (this.#factor === 1) return 1
    const factor = this.#factor + ((now - this.#at) / 1000) * this.#recoveryPerSecond
    if (factor < 1) return factor
    this.#factor = 1
    return 1
  }

  /** Answers false when this 429 belongs to a slow-down that was just made. */
  note(now: number): boolean {
    const since = now - this.#at
    if (since < 500) return false
    const factor = Math.max(LOWEST, this.factor(now) * STEP)
    this.#recoveryPerSecond =
      since < CALM_MS ? Math.max(SLOWEST_RECOVERY, this.#recoveryPerSecond / 2) : FASTEST_RECOVERY
    this.#factor = factor
    this.#at = now
    return true
  }
}
