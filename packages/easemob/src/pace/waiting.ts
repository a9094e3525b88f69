import type { Budget } from '../call/budget.ts'
import { abortedError, deadlineError } from '../call/local-errors.ts'
import { timerMs } from '../call/sleep.ts'
import { exhausted } from '../call/within-budget.ts'

/** After this many interactive calls in a row one bulk call gets its turn, so that neither kind can shut the other out. */
const INTERACTIVE_RUN = 8

export type Waiter = {
  readonly cost: number
  readonly since: number
  readonly operation: string
  grant(): void
  fail(error: Error): void
}

type Entry = Waiter & { live: boolean }

/** The calls that wait for a slot of one limit class: interactive before bulk, else in order. */
export class Waiting {
  readonly #queues = { interactive: new Fifo(), bulk: new Fifo() }
  #run = 0
  #demand = 0

  /** Slots that everyone who waits needs together. */
  get demand(): number {
    return this.#demand
  }

  counts(): { interactive: number; bulk: number } {
    return { interactive: this.#queues.interactive.live, bulk: this.#queues.bulk.live }
  }

  /** Resolves when granted; rejects when the budget ends first. */
  add(cost: number, budget: Budget, now: number): Promise<void> {
    const over = exhausted(budget, now)
    if (over) return Promise.reject(over)
    const { signal } = budget
    const queue = this.#queues[budget.priority]
    return new Promise((resolve, reject) => {
      const leave = (settle: () => void): void => {
        if (!entry.live) return
        entry.live = false
        queue.live--
        this.#demand -= cost
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      const entry: Entry = {
        ...{ cost, since: now, operation: budget.operation, live: true },
        grant: () => leave(resolve),
        fail: error => leave(() => reject(error)),
      }
      const onAbort = (): void => entry.fail(abortedError(budget))
      const timer = setTimeout(() => entry.fail(deadlineError(budget)), timerMs(budget.deadlineAt - now))
      signal?.addEventListener('abort', onAbort, { once: true })
      queue.push(entry)
      this.#demand += cost
    })
  }

  /** Whose turn it is. */
  head(): Waiter | undefined {
    const interactive = this.#queues.interactive.head()
    const bulk = this.#queues.bulk.head()
    if (interactive === undefined || bulk === undefined) return interactive ?? bulk
    return this.#run >= INTERACTIVE_RUN ? bulk : interactive
  }

  grant(waiter: Waiter): void {
    this.#run = waiter === this.#queues.interactive.head() ? this.#run + 1 : 0
    waiter.grant()
  }

  failAll(error: Error): void {
    for (let waiter = this.head(); waiter; waiter = this.head()) waiter.fail(error)
  }
}

/** First in, first out; those who left are skipped when their turn comes. */
class Fifo {
  #entries: Entry[] = []
  #first = 0
  live = 0

  push(entry: Entry): void {
    this.#entries.push(entry)
    this.live++
  }

  head(): Entry | undefined {
    for (;;) {
      const entry = this.#entries[this.#first]
      if (entry === undefined || entry.live) return entry
      this.#first++
      if (this.#first > 1024 && this.#first * 2 > this.#entries.length) {
        this.#entries = this.#entries.slice(this.#first)
        this.#first = 0
      }
    }
  }
}
