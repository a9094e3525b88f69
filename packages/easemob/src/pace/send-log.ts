/**
 * The times of the last calls sent: a sliding window that keeps every second within the limit even when a stalled process uses late slots at once.
 * The window is slightly longer than the vendor's second, because calls take different times to arrive.
 */
export class SendLog {
  static readonly windowMs = 1_010
  readonly #times: Float64Array
  #sent = 0

  /** @param limit calls per second; 0 turns the log off */
  constructor(limit: number) {
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY)
  }

  /** The earliest time at which `cost` more calls may be sent. */
  readyAt(cost: number): number {
    const { length } = this.#times
    if (length === 0) return 0
    const at = (this.#sent + Math.min(cost, length) - 1) % length
    return (this.#times[at] ?? 0) + SendLog.windowMs
  }

  /** Records `cost` calls sent now. */
  note(now: number, cost: number): void {
    const { length } = this.#times
    if (length === 0) return
    for (let unit = 0; unit < cost; unit++) this.#times[this.#sent++ % length] = now
  }
}
