import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { z } from 'zod'

/*
 * Registers users in batches of 60 with an emulator in a process of its own, reads some of them one by one, and prints
 * what it cost the emulator.
 *
 *   node bench/million-users.ts [users=1000000] [options of the emulator, e.g. --snapshot FILE]
 */
const [count = '1000000', ...options] = process.argv.slice(2)
const USERS = Number(count)
const READS = 30_000
const CONNECTIONS = 16
const BATCH = 60
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const KEYS = {
  grant_type: 'client_credentials',
  client_id: 'emulator-client-id',
  client_secret: 'emulator-client-secret',
}

const healthSchema = z.object({
  users: z.number(),
  process: z.object({ rssBytes: z.number(), cpuMs: z.number() }),
})

const emulator = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
const pool = new Pool(await listening(), { connections: CONNECTIONS })

async function listening(): Promise<string> {
  for await (const line of createInterface({ input: emulator.stdout })) {
    const match = /listening on (http:\S+)/.exec(line)
    if (match?.[1] !== undefined) return match[1]
  }
  throw new Error('the emulator did not start')
}

async function send(method: 'GET' | 'POST', path: string, body: unknown, token = ''): Promise<unknown> {
  const response = await pool.request({
    ...{ method, path, headers: { authorization: `Bearer ${token}` } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.body.json()
  if (response.statusCode !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer
}

const health = async () => healthSchema.parse(await send('GET', '/_emulator/health', undefined))
const each = (work: () => Promise<void>) => Promise.all(Array.from({ length: CONNECTIONS }, work))

async function timed(work: () => Promise<void>) {
  const before = await health()
  const started = performance.now()
  await each(work)
  const seconds = (performance.now() - started) / 1000
  const after = await health()
  return { seconds, cpuMs: after.process.cpuMs - before.process.cpuMs, ...after }
}

const { access_token: token } = z
  .object({ access_token: z.string() })
  .parse(await send('POST', '/demo/app/token', KEYS))

let next = 0
const registered = await timed(async () => {
  while (next < USERS) {
    const from = next
    next += BATCH
    const users = Array.from({ length: Math.min(BATCH, USERS - from) }, (_, index) => ({
      username: String(1_000_000 + from + index),
      password: (from + index).toString(16).padStart(32, 'a'),
    }))
    await send('POST', '/demo/app/users', users, token)
  }
})
let read = 0
const reads = await timed(async () => {
  while (read++ < READS)
    await send('GET', `/demo/app/users/${1_000_000 + ((read * 7919) % USERS)}`, undefined, token)
})

console.table({
  'users registered': registered.users,
  'seconds for them': registered.seconds.toFixed(1),
  'CPU ms of the emulator per batch of 60': (registered.cpuMs / Math.ceil(USERS / BATCH)).toFixed(3),
  'RSS in MiB': (registered.process.rssBytes / 2 ** 20).toFixed(0),
  'single reads per second': (READS / reads.seconds).toFixed(0),
  'single reads per second of its CPU': (READS / (reads.cpuMs / 1000)).toFixed(0),
})
await pool.close()
emulator.kill('SIGTERM')
