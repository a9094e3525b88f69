import { setImmediate } from 'node:timers/promises'

/** A clock that stands still until nothing but timers is left to do, then jumps to the next timer. */
export class VirtualTime {
  #now = 1_000_000
  #timers: { at: number; wake: () => void }[] = []

  readonly clock = (): number => this.#now

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = { at: this.#now + Math.max(0, ms), wake: resolve }
      this.#timers.push(timer)
      signal?.addEventListener('abort', () => {
        this.#timers = this.#timers.filter(other => other !== timer)
        reject(signal.reason)
      })
    })

  /** Advances the clock until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let completed = false
    const done = (): void => {
      completed = true
    }
    work.then(done, done)
    for (;;) {
      await setImmediate()
      if (completed) return work
      this.#jump()
    }
  }

  #jump(): void {
    const next = this.#timers.reduce((first, timer) => (timer.at < first.at ? timer : first), {
      at: Number.POSITIVE_INFINITY,
      wake: () => {},
    })
    if (next.at === Number.POSITIVE_INFINITY) throw new Error('no timer is left, so the work can never end')
    this.#timers = this.#timers.filter(timer => timer !== next)
    this.#now = Math.max(this.#now, next.at)
    next.wake()
  }
}
