import { createSecretKey, randomBytes } from 'node:crypto'
import { createClient, type GatewayClient } from '@easemob-gateway/client'
import { createEmulator, type Emulator } from '@easemob-gateway/emulator'
import { type JWTPayload, SignJWT } from 'jose'
import { loadEnv } from '../../src/env.ts'
import { listen } from '../../src/start/listen.ts'
import { createLog } from '../../src/start/log.ts'
import { createMetrics } from '../../src/start/metrics.ts'
import { createServices, type Services } from '../../src/start/services.ts'
import { type DatabaseKind, testDatabase } from './databases.ts'
import { watchSecrets } from './secret-watch.ts'

const adminId = '900000'

/**
 * A whole gateway on a free port, with its own emulator and its own database. It logs at `trace`; when it closes, log and
 * database are searched for every secret that was used.
 */
export interface Gateway {
  readonly url: string
  readonly emulator: Emulator
  readonly services: Services
  readonly jwtSecret: string
  /** A token that is valid for an hour unless the claims say otherwise. */
  token(claims: JWTPayload): Promise<string>
  /** The typed client of a user. */
  as(userId: number): GatewayClient
  /** The typed client of an administrator without a profile. */
  admin(): GatewayClient
  /** Imports people called `u<id>`. */
  people(...ids: number[]): Promise<void>
  close(): Promise<void>
}

/** @param options.env what the environment says beyond the necessary */
export async function startGateway(options: {
  database: DatabaseKind
  env?: Readonly<Record<string, string>>
  /** What every token says beside its own claims. */
  claims?: JWTPayload
  /** Takes every log line. */
  log?: { write(line: string): void }
}): Promise<Gateway> {
  const jwtSecret = randomBytes(32).toString('hex')
  const [emulator, test] = await Promise.all([createEmulator(), testDatabase(options.database)])
  const loaded = loadEnv({
    EASEMOB_APP_KEY: emulator.appKey,
    EASEMOB_CLIENT_ID: emulator.clientId,
    EASEMOB_CLIENT_SECRET: emulator.clientSecret,
    EASEMOB_BASE_URL: emulator.url,
    EASEMOB_CALLS_PER_SECOND: '2000',
    JWT_SECRET: jwtSecret,
    IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...options.env,
    LOG_LEVEL: 'trace',
  })
  if ('problems' in loaded) throw new Error(loaded.problems.join('\n'))
  const { env } = loaded
  if (!env.vendor) throw new Error('the harness sets an app key')
  const database = await test.open()
  const metrics = createMetrics()
  const secrets = watchSecrets()
  const log = createLog(env.logLevel, {
    write(line) {
      secrets.write(line)
      options.log?.write(line)
    },
  })
  const services = createServices({
    env,
    database,
    log,
    metrics,
    vendorAccess: env.vendor,
    onVendorEvent: metrics.vendor,
  })
  secrets.follow(services)
  for (const secret of [jwtSecret, emulator.clientSecret]) secrets.keep(secret)
  for (const key of env.imPasswordKeys) secrets.keep(Buffer.from(key).toString('base64'))
  await services.work.start(env.role !== 'api')
  const server = await listen(services.app.fetch, '127.0.0.1', 0)

  const token = async (claims: JWTPayload) => {
    const signed = await new SignJWT({
      exp: Math.floor(Date.now() / 1000) + 3600,
      ...options.claims,
      ...claims,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(createSecretKey(Buffer.from(jwtSecret)))
    secrets.keep(signed)
    return signed
  }
  const client = (claims: JWTPayload) => createClient({ url: server.url, token: () => token(claims) })
  const admin = () => client({ sub: adminId, scope: 'easemob:admin' })
  return {
    url: server.url,
    emulator,
    services,
    jwtSecret,
    token,
    as: userId => client({ sub: String(userId) }),
    admin,
    async people(...ids) {
      const users = ids.map(id => ({ id: String(id), name: `u${id}` }))
      for (let at = 0; at < users.length; at += 1000)
        await admin().users.import.mutate({ users: users.slice(at, at + 1000) })
    },
    async close() {
      await server.close(5000)
      await services.work.stop(5000)
      const found = await secrets.search(services).catch((error: unknown) => error)
      await services.vendor.close()
      await database.close()
      await Promise.all([emulator.close(), test.remove()])
      if (found) throw found
    },
  }
}
