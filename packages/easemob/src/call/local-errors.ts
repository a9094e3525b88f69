import { EasemobError } from '../errors.ts'
import type { Budget } from './budget.ts'

/** The error of a call that its own signal ended. */
export function abortedError({ operation, attempts, signal }: Budget): EasemobError {
  return new EasemobError(`${operation}: ended by the caller's signal.`, {
    ...{ code: 'aborted', operation, attempts, cause: signal?.reason },
  })
}

/** The error of a call whose deadline passed. */
export function deadlineError({ operation, attempts, last }: Budget): EasemobError {
  const why = last === undefined ? '' : ` The last attempt failed with ${last.code}.`
  return new EasemobError(
    `${operation}: the deadline passed.${why} Try again later, or allow more deadlineMs.`,
    {
      ...{ code: 'deadline', operation, attempts, retryAfterMs: last?.retryAfterMs, cause: last },
    },
  )
}

/** The error of a call that was not sent because the client is closed. */
export function closedError(operation: string, attempts: number): EasemobError {
  return new EasemobError(`${operation}: the client is closed. Make a new one with createEasemob.`, {
    ...{ code: 'not_sent', operation, attempts },
  })
}

/** The error of a call that an open circuit breaker holds back. */
export function circuitOpenError({ operation, attempts, last }: Budget, retryAfterMs: number): EasemobError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return new EasemobError(
    `${operation}: the vendor failed too often; calls are held back for about ${seconds} s.`,
    {
      ...{ code: 'circuit_open', operation, attempts, retryAfterMs, cause: last },
    },
  )
}
