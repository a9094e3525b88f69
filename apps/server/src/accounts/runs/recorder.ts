import type { Registration } from '../registration.ts'

/** Writes down what has come of batches. */
export interface Recorder {
  /** Resolves when this result is written down; rejects when it may not be. */
  record(result: Registration): Promise<void>
}

/**
 * Makes a recorder that writes once at a time: what comes in meanwhile is written together, in one statement and one
 * commit. The slower the database, the more goes into one.
 */
export function createRecorder(write: (results: Registration) => Promise<void>): Recorder {
  let waiting: Registration[] = []
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

function merge(results: readonly Registration[]): Registration {
  return {
    registered: results.flatMap(({ registered }) => registered),
    refused: results.flatMap(({ refused }) => refused),
    lost: results.flatMap(({ lost }) => lost),
  }
}
