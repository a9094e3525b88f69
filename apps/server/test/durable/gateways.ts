import { createSecretKey, randomBytes } from 'node:crypto'
import { createClient, type GatewayClient } from '@easemob-gateway/client'
import { createEmulator, type Emulator, type EmulatorOptions } from '@easemob-gateway/emulator'
import { SignJWT } from 'jose'
import { type GatewayProcess, startProcess } from '../start/gateway-process.ts'
import { type TestDatabase, testDatabase } from '../support/databases.ts'

/** Gateways in processes of their own, all with the default settings, on one Postgres and one vendor. */
export interface Gateways {
  readonly emulator: Emulator
  readonly database: TestDatabase
  /** @param env what this process's environment says beyond the necessary */
  start(env?: Readonly<Record<string, string>>): GatewayProcess
  /** A token of a user, or of an administrator without a profile. */
  token(userId: string | 'admin'): Promise<string>
  /** The typed client of a user, or of an administrator, at one of them. */
  client(url: string, userId: string | 'admin'): GatewayClient
  close(): Promise<void>
}

export async function gateways(options: EmulatorOptions = {}): Promise<Gateways> {
  const [emulator, database] = await Promise.all([createEmulator(options), testDatabase('postgres')])
  const jwtSecret = randomBytes(32).toString('hex')
  const common = {
    DATABASE_URL: database.url,
    EASEMOB_APP_KEY: emulator.appKey,
    EASEMOB_CLIENT_ID: emulator.clientId,
    EASEMOB_CLIENT_SECRET: emulator.clientSecret,
    EASEMOB_BASE_URL: emulator.url,
    JWT_SECRET: jwtSecret,
    IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
  }
  const started: GatewayProcess[] = []
  const token = (userId: string) =>
    new SignJWT(userId === 'admin' ? { scope: 'easemob:admin' } : {})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId === 'admin' ? '900000' : userId)
      .setExpirationTime('1h')
      .sign(createSecretKey(Buffer.from(jwtSecret)))
  return {
    emulator,
    database,
    token,
    start(env = {}) {
      const gateway = startProcess({ ...common, ...env })
      started.push(gateway)
      return gateway
    },
    client: (url, userId) => createClient({ url, token: () => token(userId) }),
    async close() {
      for (const { child } of started) child.kill('SIGKILL')
      await Promise.all(started.map(({ ended }) => ended))
      await Promise.all([emulator.close(), database.remove()])
    },
  }
}
