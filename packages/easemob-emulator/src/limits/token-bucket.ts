/** A token bucket: refills `perSecond` units a second, up to a burst of `burstSeconds` worth of units. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #capacity: number
  #level: number
  #at: number

  /** @param now current time, ms */
  constructor(perSecond: number, burstSeconds: number, now: number) {
    this.#perSecond = perSecond
    this.#capacity = perSecond * burstSeconds
    this.#level = this.#capacity
    this.#at = now
  }

  /** Takes `units` if the bucket holds that many; else takes none and returns false. */
  take(units: number, now: number): boolean {
    const gained = (Math.max(0, now - this.#at) / 1000) * this.#perSecond
    this.#level = Math.min(this.#capacity, this.#level + gained)
    this.#at = now
    if (this.#level < units) return false
    this.#level -= units
    return true
  }
}
