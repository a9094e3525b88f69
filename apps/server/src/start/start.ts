import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { connect } from '../db/connect.ts'
import type { Env } from '../env.ts'
import { openDataDir } from './data-dir.ts'
import { listen } from './listen.ts'
import { createMetrics } from './metrics.ts'
import { seed } from './seed.ts'
import { createServices, type Services } from './services.ts'
import { findVendor } from './vendor-access.ts'
import { waitForDatabase } from './wait-for-database.ts'

/** A running gateway. */
export interface Running {
  readonly url: string
  /** Null with the real vendor. */
  readonly emulatorUrl: string | null
  readonly services: Services
  /** Waits for running work, releases the rest and closes everything, within the drain timeout. */
  stop(): Promise<void>
}

/** What has been opened, to be closed in reverse order. */
class Opened {
  readonly #closers: (() => unknown)[] = []
  readonly #closing = new AbortController()
  /** Aborted when closing begins, so that nothing more is opened. */
  readonly signal = this.#closing.signal
  add(close: () => unknown): void {
    this.#closers.push(close)
  }
  /** Adds what `opening` resolves to; closing waits for it. */
  addOpening<T extends { close(): unknown }>(opening: Promise<T>): Promise<T> {
    this.add(() =>
      opening.then(
        it => it.close(),
        () => undefined,
      ),
    )
    return opening
  }
  async close(log: Logger): Promise<void> {
    this.#closing.abort()
    for (const close of this.#closers.reverse()) {
      try {
        await close()
      } catch (error) {
        log.warn({ err: error }, 'closing failed')
      }
    }
  }
}

/** The share of the drain timeout for running work; the rest is for releasing claims and closing connections. */
const shareForWork = 0.8

/**
 * Starts a gateway: data folder, vendor, database, workers, seed, HTTP server.
 * @param given the configuration; the embedded default generates missing secrets in the data folder
 * @param signal aborts the wait for a database that cannot be reached
 * @throws the error that prevents the start, after closing everything that was opened
 */
export async function start(given: Env, log: Logger, signal: AbortSignal): Promise<Running> {
  const opened = new Opened()
  try {
    const needsFiles = given.databaseUrl === null || given.vendor === null
    const dataDir = needsFiles ? openDataDir(given.dataDir) : null
    if (dataDir) opened.add(() => dataDir.release())
    const env: Env = {
      ...given,
      jwtSecret:
        given.jwtSecret ?? (given.vendor === null ? (dataDir?.secret('jwt-secret', 48) ?? null) : null),
      imPasswordKeys:
        given.imPasswordKeys.length > 0 || !dataDir
          ? given.imPasswordKeys
          : [Buffer.from(dataDir.secret('im-password-key', 32), 'base64')],
    }
    const url = env.databaseUrl ?? join(env.dataDir, 'db')
    const giveUp = AbortSignal.any([signal, opened.signal])
    // In parallel: PGlite compiles in the background while the emulator's modules are loaded.
    const [vendor, database] = await Promise.all([
      opened.addOpening(findVendor(env, dataDir)),
      opened.addOpening(waitForDatabase(() => connect(url), log, giveUp)),
    ])
    const metrics = createMetrics()
    const services = createServices({
      ...{ env, database, log, metrics, vendorAccess: vendor.access },
      onVendorEvent: metrics.vendor,
    })
    opened.add(() => services.vendor.close())
    const workMs = env.drainTimeoutMs * shareForWork
    let requests: Promise<void> | undefined
    opened.add(() => services.work.stop(workMs, requests))
    await waitForDatabase(() => services.work.start(env.role !== 'api'), log, signal)
    if (env.vendor === null && env.role !== 'worker') await seed(services)
    const server = await listen(services.app.fetch, env.host, env.port)
    // Not awaited here: requests and jobs finish in parallel, within the same time.
    opened.add(() => {
      requests = server.close(workMs)
    })
    return {
      url: server.url,
      emulatorUrl: vendor.emulatorUrl,
      services,
      stop: () => Promise.race([opened.close(log), delay(env.drainTimeoutMs, undefined, { ref: false })]),
    }
  } catch (error) {
    await opened.close(log)
    throw error
  }
}
