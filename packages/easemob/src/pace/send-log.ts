/**
 * The last calls that went out, so that no second ever holds more than the limit, also when a process catches up after a stall.
 * The window is a little longer than the vendor's second, because calls do not travel equally fast.
 */
export class SendLog {
  static readonly windowMs = 1_010
  readonly #times: Float64Array
  #sent = 0

  /** `limit`: calls per second; 0 keeps no log. */
  constructor(limit: number) {
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY)
  }

  /** The earliest time at which `cost` more may go out. */
  readyAt(cost: number): number {
    const { length } = this.#times
    if (length === 0) return 0
    const at = (this.#sent + Math.min(cost, length) - 1) % length
    return (this.#times[at] ?? 0) + SendLog.windowMs
  }

  note(now: number, cost: number): void {
    const { length } = this.#times
    if (length === 0) return
    for (let unit = 0; unit < cost; unit++) this.#times[this.#sent++ % length] = now
  }
}
