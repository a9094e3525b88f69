/** When the next slot of each limit class is, ms of the clock it is used with: the generic cell rate algorithm without a burst. */
export class ArrivalTimes {
  readonly #next = new Map<string, number>()

  /** Takes `count` slots, the first at the time answered: now, or when earlier slots are over. */
  take(limitClass: string, now: number, perSecond: number, count: number): number {
    const start = Math.max(this.#next.get(limitClass) ?? 0, now)
    this.#next.set(limitClass, start + (count * 1000) / perSecond)
    return start
  }

  /** Would a slot taken now start now? */
  isFree(limitClass: string, now: number): boolean {
    return (this.#next.get(limitClass) ?? 0) <= now
  }

  /** No slot before `until`. */
  pause(limitClass: string, until: number): void {
    this.#next.set(limitClass, Math.max(this.#next.get(limitClass) ?? 0, until))
  }
}
