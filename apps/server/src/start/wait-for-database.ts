import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { connect, type Database } from '../db/connect.ts'
import { isDatabaseDown } from '../faces/errors.ts'

const longestPauseMs = 5000

/**
 * Opens the database; one that is away is waited for, with a log line for every try.
 * @throws whatever is not cured by waiting: a wrong password, a schema of a newer version
 */
export async function waitForDatabase(url: string, log: Logger, signal: AbortSignal): Promise<Database> {
  for (let pause = 250; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      return await connect(url)
    } catch (error) {
      if (!isDatabaseDown(error) || signal.aborted) throw error
      log.warn({ err: error, retryInMs: pause }, 'the database is away, waiting for it')
      await delay(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
