import { randomBytes } from 'node:crypto'
import { createEmulator, type Emulator } from '@easemob-gateway/emulator'
import { z } from 'zod'
import type { Executor } from '../../src/db/database.ts'
import type { Attempt, IntentKind } from '../../src/durable/durable-write.ts'
import { erase } from '../../src/durable/durable-write.ts'
import { createIntents, type Intents } from '../../src/durable/intents.ts'
import { loadEnv } from '../../src/env.ts'
import type { Services } from '../../src/request.ts'
import { createLog } from '../../src/start/log.ts'
import { createMetrics } from '../../src/start/metrics.ts'
import { createServices } from '../../src/start/services.ts'
import { type DatabaseKind, testDatabase } from '../support/databases.ts'
import { watchSecrets } from '../support/secret-watch.ts'

/** What a made-up write does; a test puts in what it needs. */
export interface Act {
  perform(payload: string, attempt: Attempt<string>): Promise<string>
}

/** Two processes' intents on one database, as far as one process can play two. */
export interface TwoProcesses {
  readonly first: Intents
  readonly second: Intents
  readonly services: Services
  readonly emulator: Emulator
  readonly kind: IntentKind<string, string>
  /** What `perform` does, in both. */
  readonly act: Act
  /** Every `complete` and `abandon`, in order. */
  readonly ended: string[]
  close(): Promise<void>
}

/** @param leaseMs how long an intent stays with a process that does not renew it; nobody here renews */
export async function twoProcesses(database: DatabaseKind, leaseMs: number): Promise<TwoProcesses> {
  const [emulator, test] = await Promise.all([createEmulator(), testDatabase(database)])
  const loaded = loadEnv({
    EASEMOB_APP_KEY: emulator.appKey,
    EASEMOB_CLIENT_ID: emulator.clientId,
    EASEMOB_CLIENT_SECRET: emulator.clientSecret,
    EASEMOB_BASE_URL: emulator.url,
    JWT_SECRET: randomBytes(32).toString('hex'),
    IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
  })
  if ('problems' in loaded || !loaded.env.vendor) throw new Error('the environment of the test is wrong')
  const { env } = loaded
  const opened = await test.open()
  const secrets = watchSecrets()
  const services = createServices({
    env,
    database: opened,
    vendorAccess: loaded.env.vendor,
    log: createLog('trace', secrets),
    metrics: createMetrics(),
  })
  secrets.follow(services)
  secrets.keep(emulator.clientSecret)
  await services.jobs.start(false)
  const ended: string[] = []
  const act: Act = { perform: async payload => `${payload} done` }
  const kind: IntentKind<string, string> = {
    name: 'test',
    payload: z.string(),
    perform: (_, payload, attempt) => act.perform(payload, attempt),
    complete: async (_: Executor, payload, result) => void ended.push(`complete ${payload}: ${result}`),
    abandon: async (_, payload) => void ended.push(`abandon ${payload}`),
  }
  const intents = () => createIntents(services, [erase(kind)], { leaseMs, waitForSubjectMs: 300 })
  return {
    first: intents(),
    second: intents(),
    services,
    emulator,
    kind,
    act,
    ended,
    async close() {
      await services.jobs.stop(1000)
      const found = await secrets.search(services).catch((error: unknown) => error)
      await services.vendor.close()
      await opened.close()
      await Promise.all([emulator.close(), test.remove()])
      if (found) throw found
    },
  }
}
