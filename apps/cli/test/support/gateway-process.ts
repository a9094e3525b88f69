import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createClient, type GatewayClient } from '@easemob-gateway/client'
import { z } from 'zod'
import { copyPgliteTemplate } from '../../../../test/support/pglite-template.ts'
import { makeToken } from '../../src/token.ts'

const program = fileURLToPath(new URL('../../../server/bin/gateway.js', import.meta.url))
const listening = z.object({ msg: z.literal('listening'), url: z.url(), emulatorUrl: z.url() })

/** A gateway in a process of its own, as an operator starts it: with the embedded database and the embedded emulator. */
export interface GatewayProcess {
  readonly url: string
  readonly emulatorUrl: string
  readonly jwtSecret: string
  /** A token that is valid for an hour. */
  token(user: string, role?: 'admin'): Promise<string>
  /** The typed client of an administrator. */
  readonly admin: GatewayClient
  /** Imports people called `u<id>`. */
  importPeople(...ids: readonly number[]): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a gateway on a free port and waits until it listens. */
export async function startGateway(): Promise<GatewayProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-cli-gateway-'))
  await copyPgliteTemplate(join(folder, 'db'))
  const jwtSecret = randomBytes(32).toString('hex')
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      JWT_SECRET: jwtSecret,
      EASEMOB_CALLS_PER_SECOND: '2000',
      RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const { url, emulatorUrl } = await new Promise<z.output<typeof listening>>((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the gateway did not start: exit code ${code}`)))
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('{"msg":"listening"')) resolve(listening.parse(JSON.parse(line)))
    })
  })
  const token = async (user: string, role?: 'admin') =>
    (await makeToken({ secret: jwtSecret, user, admin: role === 'admin', ttl: 3600, now: new Date() })).token
  const admin = createClient({ url, token: () => token('900000', 'admin') })
  return {
    url,
    emulatorUrl,
    jwtSecret,
    token,
    admin,
    async importPeople(...ids) {
      await admin.users.import.mutate({ users: ids.map(id => ({ id: String(id), name: `u${id}` })) })
    },
    async [Symbol.asyncDispose]() {
      child.kill()
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
