import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDatabaseDown } from '../db/database-down.ts'

const maxPauseMs = 5000

/**
 * Performs work that needs the database, and repeats it with growing pauses while the database cannot be reached.
 * @param work must be safe to repeat after it has thrown
 * @throws any other error of `work`: a wrong password, for one; also when `signal` is aborted
 */
export async function waitForDatabase<T>(
  work: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  for (let pause = 250; ; pause = Math.min(maxPauseMs, pause * 2)) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseDown(error) || signal.aborted) throw error
      log.warn({ err: error, retryInMs: pause }, 'the database is away, waiting for it')
      await delay(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
