import { EasemobError } from '../errors.ts'
import type { Priority, Sleep } from '../options.ts'

/** What one call may still spend, who may end it, and how far it has come. Times in ms of the client's clock. */
export type Budget = {
  readonly operation: string
  readonly priority: Priority
  readonly deadlineAt: number
  readonly attemptTimeoutMs: number
  readonly signal: AbortSignal | undefined
  /** Attempts made so far. */
  attempts: number
  /** The error of the last one. */
  last: EasemobError | undefined
}

export function abortedError({ operation, attempts, signal }: Budget): EasemobError {
  return new EasemobError(`${operation}: ended by the caller's signal.`, {
    ...{ code: 'aborted', operation, attempts, cause: signal?.reason },
  })
}

export function deadlineError({ operation, attempts, last }: Budget): EasemobError {
  const why = last === undefined ? '' : ` The last attempt failed with ${last.code}.`
  return new EasemobError(
    `${operation}: the deadline passed.${why} Try again later, or allow more deadlineMs.`,
    {
      ...{ code: 'deadline', operation, attempts, retryAfterMs: last?.retryAfterMs, cause: last },
    },
  )
}

/** Why the call may not go on, if so. */
export function exhausted(budget: Budget, now: number): EasemobError | undefined {
  if (budget.signal?.aborted) return abortedError(budget)
  return now < budget.deadlineAt ? undefined : deadlineError(budget)
}

/** Gives up waiting for shared work when this call's own budget ends; the work goes on for the others. */
export function withinBudget<T>(work: Promise<T>, budget: Budget, now: number): Promise<T> {
  const { signal } = budget
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      settle()
    }
    const onAbort = (): void => done(() => reject(abortedError(budget)))
    const timer = setTimeout(
      () => done(() => reject(deadlineError(budget))),
      timerMs(budget.deadlineAt - now),
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    work.then(
      value => done(() => resolve(value)),
      error => done(() => reject(error)),
    )
  })
}

/** What a timer can hold: about 24 days; beyond that Node fires at once. */
export function timerMs(ms: number): number {
  return Math.min(ms, 2_147_483_647)
}

/** The default {@link Sleep}. */
export const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, timerMs(ms))
    signal?.addEventListener('abort', onAbort, { once: true })
  })
