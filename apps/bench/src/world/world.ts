import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EmulatorOptions } from '@easemob-gateway/emulator'
import { SignJWT } from 'jose'
import pkg from '../../../../package.json' with { type: 'json' }
import { type Running, startProcess } from '../measure/process.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** The flags that `pnpm start` passes to Node. */
const shippedFlags = pkg.scripts.start.split(' ').filter(word => word.startsWith('--'))
/** The gateway's entry file. */
export const gatewayMain = at('../../../server/bin/gateway.js')

/** The settings of a rival: the gateway's addresses and secrets. */
export interface RivalSettings {
  readonly databaseUrl: string
  readonly vendorUrl: string
  readonly jwtSecret: string
  readonly passwordKey: string
}

/** The environment of the servers that are measured. */
export interface World {
  readonly postgres: PostgresServer
  readonly jwtSecret: string
  readonly passwordKey: string
  /** True for short rounds and small tables, to check that the benchmark runs. */
  readonly quick: boolean
  /** The `Authorization` header of a user or of an administrator. */
  bearer(userId: number, admin?: boolean): Promise<{ authorization: string }>
  /** Starts an emulated vendor. */
  emulator(options?: EmulatorOptions): Promise<Running>
  /** Starts a gateway. */
  gateway(
    settings: { databaseUrl: string; vendorUrl: string },
    env?: Readonly<Record<string, string>>,
  ): Promise<Running>
  /** Starts a floor or a peer, by its file below `src`. */
  rival(
    file: string,
    settings: { databaseUrl: string; vendorUrl: string },
    args?: readonly string[],
  ): Promise<Running>
  /** A temporary folder, removed by `close`. */
  folder(): Promise<string>
  /** Stops all processes that were started. */
  sweep(): Promise<void>
  /** Stops everything and removes all files. */
  close(): Promise<void>
}

const vendor = { appKey: 'demo#app', clientId: 'bench-id', clientSecret: 'bench-secret' }

/**
 * Starts Postgres and makes the environment.
 * @param options.profiles a folder for CPU profiles of the gateways
 */
export async function createWorld({
  quick,
  profiles,
}: {
  quick: boolean
  profiles: string | undefined
}): Promise<World> {
  const jwtSecret = randomBytes(32).toString('hex')
  const passwordKey = randomBytes(32).toString('base64')
  const postgres = await startPostgres()
  const root = await mkdtemp(join(tmpdir(), 'easemob-bench-'))
  const running = new Set<Running>()
  const track = async (starting: Promise<Running>) => {
    const started = await starting
    running.add(started)
    return started
  }
  const sweep = async () => {
    await Promise.all([...running].map(one => one.stop()))
    running.clear()
  }
  return {
    postgres,
    jwtSecret,
    passwordKey,
    quick,
    async bearer(userId, admin = false) {
      const token = await new SignJWT(admin ? { scope: 'easemob:admin' } : {})
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(String(userId))
        .setExpirationTime('1d')
        .sign(createSecretKey(Buffer.from(jwtSecret)))
      return { authorization: `Bearer ${token}` }
    },
    async emulator(options = {}) {
      // Not as an argument, since a seed may exceed the length limit of arguments.
      const file = join(await mkdtemp(join(root, 'vendor-')), 'options.json')
      await writeFile(file, JSON.stringify({ ...vendor, ...options }))
      return track(startProcess({ file: at('./emulator-main.ts'), args: [file], place: 'others' }))
    },
    gateway: ({ databaseUrl, vendorUrl }, env = {}) =>
      track(
        startProcess({
          file: gatewayMain,
          place: 'server',
          nodeArgs: [
            ...shippedFlags,
            ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]),
          ],
          env: {
            PORT: '0',
            DATABASE_URL: databaseUrl,
            EASEMOB_APP_KEY: vendor.appKey,
            EASEMOB_CLIENT_ID: vendor.clientId,
            EASEMOB_CLIENT_SECRET: vendor.clientSecret,
            EASEMOB_BASE_URL: vendorUrl,
            EASEMOB_CALLS_PER_SECOND: '100000',
            JWT_SECRET: jwtSecret,
            IM_PASSWORD_KEY: passwordKey,
            RATE_LIMIT_PER_MINUTE: '100000000',
            ...env,
          },
        }),
      ),
    rival: (file, settings, args = []) => {
      const told: RivalSettings = { ...settings, jwtSecret, passwordKey }
      return track(
        startProcess({
          file: at(`../${file}`),
          args: [JSON.stringify({ ...told, ...vendor }), ...args],
          nodeArgs: shippedFlags,
          place: 'server',
        }),
      )
    },
    folder: () => mkdtemp(join(root, 'data-')),
    sweep,
    async close() {
      await sweep()
      await postgres.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
