/** Generates growing ids `{ms}{counter}` without duplicates, also while the clock stands still or goes back. */
export class GrowingIds {
  readonly #digits: number
  readonly #perMs: number
  #ms = 0
  #counter = 0

  /** @param digits number of counter digits after the 13 digits of the time */
  constructor(digits: number) {
    this.#digits = digits
    this.#perMs = 10 ** digits
  }

  next(now: number): string {
    if (now > this.#ms) {
      this.#ms = now
      this.#counter = 0
    } else if (++this.#counter === this.#perMs) {
      this.#ms++
      this.#counter = 0
    }
    return `${this.#ms}${String(this.#counter).padStart(this.#digits, '0')}`
  }

  /** Records an id found in a snapshot, so that it is not generated again. */
  seen(id: string): void {
    if (id.length !== 13 + this.#digits) return
    const ms = Number(id.slice(0, 13))
    const counter = Number(id.slice(13))
    if (ms > this.#ms || (ms === this.#ms && counter > this.#counter)) {
      this.#ms = ms
      this.#counter = counter
    }
  }
}
