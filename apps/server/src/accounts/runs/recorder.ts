import type { RegistrationResult } from '../register-batch.ts'

/** Records the results of batches. */
export interface Recorder {
  /** Resolves when this result is committed; rejects when that is not certain. */
  record(result: RegistrationResult): Promise<void>
}

/**
 * Makes a recorder that runs one write at a time. The results that arrive during a write are merged into the next one, so
 * that a slow database gets fewer and larger statements.
 *
 * @param write commits merged results
 * @example const recorder = createRecorder(result => store.record(result))
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
          const batch = waiting
          waiting = []
          next = undefined
          writing = write(merge(batch))
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
