import type { EasemobError } from '../errors.ts'
import type { Priority } from '../options.ts'

/** The limits of one call and how much of them it has used. Times in ms of the client's clock. */
export type Budget = {
  readonly operation: string
  readonly priority: Priority
  readonly deadlineAt: number
  readonly attemptTimeoutMs: number
  readonly signal: AbortSignal | undefined
  /** Attempts made so far. */
  attempts: number
  /** The error of the last attempt. */
  last: EasemobError | undefined
}
