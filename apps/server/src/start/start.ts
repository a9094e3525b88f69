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

/** A gateway that answers. */
export interface Running {
  readonly url: string
  /** Null with the real vendor. */
  readonly emulatorUrl: string | null
  readonly services: Services
  /** Finishes what runs, hands the rest back and closes everything, within the drain time. */
  stop(): Promise<void>
}

/** Things to close, the last opened first. */
class Opened {
  readonly #closers: (() => unknown)[] = []
  readonly #closing = new AbortController()
  /** Aborted when all is closed: nothing more need be opened. */
  readonly signal = this.#closing.signal
  add(close: () => unknown): void {
    this.#closers.push(close)
  }
  /** Closes what is still opening by then, too. */
  keep<T extends { close(): unknown }>(opening: Promise<T>): Promise<T> {
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

/** Of the drain time: the rest is for handing back and for closing connections. */
const shareForWork = 0.8

/**
 * Starts a gateway: data folder, vendor, database, seed, listening, workers.
 * @param given the environment; without secrets in the embedded default, which makes them in the data folder
 * @throws whatever keeps it from starting, with everything closed again
 */
export async function start(given: Env, log: Logger, signal: AbortSignal): Promise<Running> {
  const opened = new Opened()
  try {
    const keepsFiles = given.databaseUrl === null || given.vendor === null
    const dataDir = keepsFiles ? openDataDir(given.dataDir) : null
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
    // Side by side: PGlite compiles in the background while the emulator's modules are loaded.
    const [vendor, database] = await Promise.all([
      opened.keep(findVendor(env, dataDir)),
      opened.keep(waitForDatabase(() => connect(url), log, giveUp)),
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
    // Not waited for here: requests and jobs end side by side, within the same time.
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
