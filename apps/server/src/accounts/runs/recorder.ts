import type { RegistrationResult } from '../register-batch.ts'

/** Records the results of batches. */
export interface Recorder {
  /** Resolves when this result is committed; rejects when it may not be. */
  record(result: RegistrationResult): Promise<void>
}

/**
 * Makes a recorder that writes once at a time: what comes in meanwhile is written together, in one statement and one
 * commit. The slower the database, the more goes into one.
 */
export function createRecorder(write: (results: RegistrationResult) => Promise<void>): Recorder {
  let waiting: RegistrationResult[] = []
  let writing: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  return {
    record(result) {
      waiting.push(result)
      next ??= writing
        .catch(() => undefined)
        .then(() => {
          const together = waiting
          waiting = []
          next = undefined
          writing = write(merge(together))
          return writing
        })
      return next
    },
  }
}

function merge(results: readonly RegistrationResult[]): RegistrationResult {
  return {
    registered: results.flatMap(({ registered }) => registered),
    refused: results.flatMap(({ refused }) => refused),
    lost: results.flatMap(({ lost }) => lost),
  }
}
