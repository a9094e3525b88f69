const STEP = 0.8
const LOWEST = 0.1
const CALM_MS = 10_000
const FASTEST_RECOVERY = 0.25
const SLOWEST_RECOVERY = 0.02

/**
 * The factor by which a limit class runs below its pace after 429 answers. Each 429 lowers it by a fifth, at most once in half a second. It rises
 * again over time, more slowly the more often 429s come, so that the pace approaches what the vendor really grants.
 */
export class SlowDown {
  #factor = 1
  #at = Number.NEGATIVE_INFINITY
  #recoveryPerSecond = FASTEST_RECOVERY

  /** Above 0, at most 1. */
  factor(now: number): number {
    if (this.#factor === 1) return 1
    const factor = this.#factor + ((now - this.#at) / 1000) * this.#recoveryPerSecond
    if (factor < 1) return factor
    this.#factor = 1
    return 1
  }

  /** Records a 429. Returns false when one less than half a second ago lowered the factor already. */
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
