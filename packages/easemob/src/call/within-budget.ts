import type { EasemobError } from '../errors.ts'
import type { Budget } from './budget.ts'
import { abortedError, deadlineError } from './local-errors.ts'
import { timerMs } from './sleep.ts'

/** The error to end the call with, when its signal is aborted or its deadline has passed; else undefined. */
export function exhausted(budget: Budget, now: number): EasemobError | undefined {
  if (budget.signal?.aborted) return abortedError(budget)
  return now < budget.deadlineAt ? undefined : deadlineError(budget)
}

/** Waits for work that several calls share. Rejects when this call's budget ends first; the work goes on for the other calls. */
export function withinBudget<T>(work: Promise<T>, budget: Budget, now: number): Promise<T> {
  const { signal } = budget
  return new Promise((resolve, reject) => {
    const finish = (complete: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      complete()
    }
    const onAbort = (): void => finish(() => reject(abortedError(budget)))
    const timer = setTimeout(
      () => finish(() => reject(deadlineError(budget))),
      timerMs(budget.deadlineAt - now),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    work.then(
      value => finish(() => resolve(value)),
      error => finish(() => reject(error)),
    )
  })
}
