import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator, type Emulator } from '@easemob-gateway/emulator'
import { type Clients, createClients } from './clients.ts'
import { freePort } from './free-port.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { watchSecrets } from './secrets.ts'

/** The environment of the gateway, which outlives it: the vendor, the database, the clients. */
export interface World {
  readonly emulator: Emulator
  /** Null when the gateway embeds its database. */
  readonly postgres: PostgresServer | null
  /** Clients of the gateway on the default port. */
  readonly clients: Clients
  /** Makes clients of a gateway on another port. */
  clientsOf(url: string): Clients
  /** The newest warnings and errors of the gateways, and their output that is no log line. */
  readonly log: readonly string[]
  /** Starts a gateway, on the same port every time unless `PORT` is given. */
  start(env?: Readonly<Record<string, string>>): Promise<Gateway>
  /** @throws Error when a gateway has written a secret into its log or its database */
  close(): Promise<void>
}

export interface WorldOptions {
  readonly database: 'postgres' | 'pglite'
  /** The vendor's response time, in ms. */
  readonly latencyMs: number
  /** The lease of intents, in ms. */
  readonly leaseMs: number
  /** False turns recovery off. */
  readonly recovery: boolean
  readonly env?: Readonly<Record<string, string>>
}

const linesKept = 2000

export async function createWorld(options: WorldOptions): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'easemob-chaos-'))
  const [postgres, emulator, port] = await Promise.all([
    options.database === 'postgres' ? startPostgres() : null,
    createEmulator({ latencyMs: options.latencyMs }),
    freePort(),
  ])
  const secret = randomBytes(32).toString('base64')
  const common: Record<string, string> = {
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    EASEMOB_APP_KEY: emulator.appKey,
    EASEMOB_CLIENT_ID: emulator.clientId,
    EASEMOB_CLIENT_SECRET: emulator.clientSecret,
    EASEMOB_BASE_URL: emulator.url,
    EASEMOB_CALLS_PER_SECOND: '5000',
    JWT_SECRET: secret,
    IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
    RATE_LIMIT_PER_MINUTE: '100000000',
    INTENT_LEASE_MS: String(options.leaseMs),
    RECOVERY: options.recovery ? 'on' : 'off',
    LOG_LEVEL: 'trace',
    ...options.env,
  }
  const log: string[] = []
  const secrets = watchSecrets(common)
  const running = new Set<Gateway>()
  return {
    emulator,
    postgres,
    clients: createClients(`http://127.0.0.1:${port}`, secret),
    clientsOf: url => createClients(url, secret),
    log,
    async start(env = {}) {
      const gateway = await startGateway({ ...common, ...env }, line => {
        secrets.write(line)
        if (isChatter(line)) return
        log.push(line)
        if (log.length > linesKept) log.splice(0, linesKept / 2)
      })
      running.add(gateway)
      void gateway.gone.then(() => running.delete(gateway))
      return gateway
    },
    async close() {
      await Promise.all([...running].map(gateway => gateway.kill()))
      const passwords = emulator.state.users.list().map(({ password }) => password)
      const found = await secrets.search(postgres?.url ?? join(dataDir, 'db'), passwords)
      await Promise.all([postgres?.remove(), emulator.close()])
      await rm(dataDir, { recursive: true, force: true })
      if (found !== null) throw new Error(found)
    },
  }
}

/** Lines of level info are searched for secrets, but not printed. */
function isChatter(line: string): boolean {
  return /^\{"level":"(info|debug|trace)"/.test(line)
}
