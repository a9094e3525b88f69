import type { Budget } from '../call/budget.ts'
import { abortedError, deadlineError } from '../call/local-errors.ts'
import { timerMs } from '../call/sleep.ts'
import { exhausted } from '../call/within-budget.ts'

/** After this many interactive calls in a row one bulk call is granted, so that interactive calls cannot keep bulk ones waiting for ever. */
const INTERACTIVE_RUN = 8

/** A call that waits for its slots. */
export type Waiter = {
  readonly cost: number
  readonly since: number
  readonly operation: string
  grant(): void
  fail(error: Error): void
}

/** The queue of one limit class: interactive calls before bulk ones, each in order of arrival. */
export class Waiting {
  readonly #queues = { interactive: new Set<Waiter>(), bulk: new Set<Waiter>() }
  #run = 0
  #demand = 0

  /** Slots that all waiting calls need in total. */
  get demand(): number {
    return this.#demand
  }

  counts(): { interactive: number; bulk: number } {
    return { interactive: this.#queues.interactive.size, bulk: this.#queues.bulk.size }
  }

  /** Adds a call. Resolves when it is granted; rejects when its budget ends first. */
  add(cost: number, budget: Budget, now: number): Promise<void> {
    const over = exhausted(budget, now)
    if (over) return Promise.reject(over)
    const { signal } = budget
    const queue = this.#queues[budget.priority]
    return new Promise((resolve, reject) => {
      const leave = (complete: () => void): void => {
        if (!queue.delete(waiter)) return
        this.#demand -= cost
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        complete()
      }
      const waiter: Waiter = {
        ...{ cost, since: now, operation: budget.operation },
        grant: () => leave(resolve),
        fail: error => leave(() => reject(error)),
      }
      const onAbort = (): void => waiter.fail(abortedError(budget))
      const timer = setTimeout(() => waiter.fail(deadlineError(budget)), timerMs(budget.deadlineAt - now))
      signal?.addEventListener('abort', onAbort, { once: true })
      queue.add(waiter)
      this.#demand += cost
    })
  }

  /** The call that is granted next. */
  head(): Waiter | undefined {
    const [interactive] = this.#queues.interactive
    const [bulk] = this.#queues.bulk
    if (interactive === undefined || bulk === undefined) return interactive ?? bulk
    return this.#run >= INTERACTIVE_RUN ? bulk : interactive
  }

  /** Lets a call go. */
  grant(waiter: Waiter): void {
    this.#run = this.#queues.interactive.has(waiter) ? this.#run + 1 : 0
    waiter.grant()
  }

  failAll(error: Error): void {
    for (const queue of Object.values(this.#queues)) for (const waiter of queue) waiter.fail(error)
  }
}
