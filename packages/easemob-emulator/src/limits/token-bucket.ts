/** Lets `perSecond` units through each second, and after a pause a burst of what `burstSeconds` would have let through. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #capacity: number
  #level: number
  #at: number

  /** @param now ms */
  constructor(perSecond: number, burstSeconds: number, now: number) {
    this.#perSecond = perSecond
    this.#capacity = perSecond * burstSeconds
    this.#level = this.#capacity
    this.#at = now
  }

  /** Takes `units` if that many are there, else none. */
  take(units: number, now: number): boolean {
    const gained = (Math.max(0, now - this.#at) / 1000) * this.#perSecond
    this.#level = Math.min(this.#capacity, this.#level + gained)
    this.#at = now
    if (this.#level < units) return false
    this.#level -= units
    return true
  }
}
