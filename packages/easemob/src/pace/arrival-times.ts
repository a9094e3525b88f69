/** The time of the next free slot of each limit class: the generic cell rate algorithm (GCRA) without a burst. Times are ms of the user's clock. */
export class ArrivalTimes {
  readonly #next = new Map<string, number>()

  /** Takes `count` consecutive slots and returns the time of the first: `now`, or the end of the slots taken before. */
  take(limitClass: string, now: number, perSecond: number, count: number): number {
    const start = Math.max(this.#next.get(limitClass) ?? 0, now)
    this.#next.set(limitClass, start + (count * 1000) / perSecond)
    return start
  }

  /** Whether a slot taken now would start now. */
  isFree(limitClass: string, now: number): boolean {
    return (this.#next.get(limitClass) ?? 0) <= now
  }

  /** Gives out no slot before `until`. */
  pause(limitClass: string, until: number): void {
    this.#next.set(limitClass, Math.max(this.#next.get(limitClass) ?? 0, until))
  }
}
