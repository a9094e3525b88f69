import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDatabaseDown } from '../db/database-down.ts'

const longestPauseMs = 5000

/**
 * Does what needs the database; one that is away is waited for, with a log line for every try.
 * @param work may be begun again after it has thrown
 * @throws whatever is not cured by waiting: a wrong password, a schema of a newer version
 */
export async function waitForDatabase<T>(
  work: () => Promise<T>,
  log: Logger,
  signal: AbortSignal,
): Promise<T> {
  for (let pause = 250; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseDown(error) || signal.aborted) throw error
      log.warn({ err: error, retryInMs: pause }, 'the database is away, waiting for it')
      await delay(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
