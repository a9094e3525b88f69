import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator, type Emulator } from '@easemob-gateway/emulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/databases.ts'
import { secretInDatabase } from '../support/process-secrets.ts'
import { type GatewayProcess, startProcess } from './gateway-process.ts'

let folder: string
const started: GatewayProcess[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-process-'))
})
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  await rm(folder, { recursive: true, force: true })
})
function start(env: Readonly<Record<string, string>>): GatewayProcess {
  const made = startProcess(env)
  started.push(made)
  return made
}

/** A port with nobody behind it. */
async function deadPort(): Promise<number> {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const address = nobody.address()
  await new Promise(resolve => nobody.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

test('a bad environment ends the start with a line for each variable, code 1 and nothing made', async () => {
  const dataDir = join(folder, 'never')
  const { ended, errors, lines } = start({
    DATA_DIR: dataDir,
    PORT: 'x',
    JWT_SECRET: 'too-short',
    ROLE: 'boss',
  })
  expect(await ended).toBe(1)
  expect(
    errors()
      .trim()
      .split('\n')
      .map(line => line.split(' ')[0]),
  ).toEqual(['PORT', 'JWT_SECRET', 'ROLE'])
  expect(errors()).not.toContain('too-short')
  expect(lines).toEqual([])
  expect(existsSync(dataDir)).toBe(false)
})

describe('the embedded default', () => {
  const env = () => ({ DATA_DIR: join(folder, 'embedded') })

  test('has its folder alone, survives kill -9, and ends with code 0 when told to', async () => {
    const first = start(env())
    const { url, emulatorUrl, pid } = await first.listening()
    expect([pid, emulatorUrl]).toEqual([first.child.pid, expect.stringMatching(/^http:/)])
    const banner = await first.line(line => line.includes('/easemob/password'))
    const bearer = /Bearer [\w.-]+/.exec(banner)?.[0] ?? ''
    const passwordAt = async (at: string) =>
      (await fetch(`${at}/easemob/password`, { headers: { authorization: bearer } })).text()
    const before = await passwordAt(url)
    expect(before).toMatch(/"im_pwd_hash":"[0-9a-f]{32}"/)

    const second = start(env())
    expect(await second.ended).toBe(1)
    expect(second.errors()).toContain(`in use by process ${pid}`)

    first.child.kill('SIGKILL')
    await first.ended
    const third = start(env())
    const again = await third.listening()
    expect(await passwordAt(again.url)).toBe(before)
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
    expect(third.errors()).toBe('')
    expect(existsSync(join(folder, 'embedded', 'lock'))).toBe(false)
    const made = ['jwt-secret', 'im-password-key'].map(name =>
      readFileSync(join(folder, 'embedded', name), 'utf8').trim(),
    )
    const password = /[0-9a-f]{32}/.exec(before)?.[0] ?? ''
    const used = [...made, password, bearer.replace('Bearer ', '')]
    expect(used.map(secret => secret.length > 30)).toEqual([true, true, true, true])
    expect(await secretInDatabase({}, join(folder, 'embedded', 'db'), used)).toBeNull()
  }, 120_000)
})

test('an emulator that cannot start ends the start, although the database is still waited for', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const { ended, errors } = start({
    DATA_DIR: join(folder, 'taken'),
    DATABASE_URL: `postgres://u:p@127.0.0.1:${await deadPort()}/d`,
    EMULATOR_PORT: String(typeof address === 'object' && address ? address.port : 0),
  })
  expect(await ended).toBe(1)
  expect(errors()).toContain('could not start')
  expect(existsSync(join(folder, 'taken', 'lock'))).toBe(false)
  await new Promise(resolve => taken.close(resolve))
}, 60_000)

describe('with the real vendor and Postgres', () => {
  let emulator: Emulator
  let database: TestDatabase
  const secrets = {
    JWT_SECRET: randomBytes(32).toString('hex'),
    IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
  }
  beforeAll(async () => {
    ;[emulator, database] = await Promise.all([createEmulator(), testDatabase('postgres')])
  })
  afterAll(async () => {
    const found = await secretInDatabase(env(), database.url)
    await Promise.all([emulator.close(), database.remove()])
    expect(found).toBeNull()
  })

  const env = (more: Readonly<Record<string, string>> = {}) => ({
    DATA_DIR: join(folder, 'unused'),
    DATABASE_URL: database.url,
    EASEMOB_APP_KEY: emulator.appKey,
    EASEMOB_CLIENT_ID: emulator.clientId,
    EASEMOB_CLIENT_SECRET: emulator.clientSecret,
    EASEMOB_BASE_URL: emulator.url,
    ...secrets,
    ...more,
  })

  test('prints JSON lines and no secret, seeds nothing and needs no folder', async () => {
    const given = env()
    const gateway = start(given)
    const { url, emulatorUrl } = await gateway.listening()
    expect(emulatorUrl).toBeNull()
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    gateway.child.kill('SIGINT')
    expect(await gateway.ended).toBe(0)
    for (const line of gateway.lines) expect(() => JSON.parse(line)).not.toThrow()
    const printed = gateway.lines.join('\n') + gateway.errors()
    for (const secret of [given.JWT_SECRET, given.IM_PASSWORD_KEY, given.EASEMOB_CLIENT_SECRET, 'eyJ'])
      expect(printed).not.toContain(secret)
    expect(emulator.state.users.count).toBe(0)
    expect(existsSync(given.DATA_DIR)).toBe(false)
  }, 60_000)

  test('a fault that nobody caught ends it with code 1 and one line, without what the error holds', async () => {
    const thrown =
      'Object.assign(new Error("Failed query: x\\nparams: s3cret"), { query: "x", params: ["s3cret"] })'
    const trap = `process.once("SIGUSR2", () => { throw ${thrown} })`
    const gateway = start(env({ NODE_OPTIONS: `--import=data:text/javascript;base64,${btoa(trap)}` }))
    await gateway.listening()
    gateway.child.kill('SIGUSR2')
    expect(await gateway.ended).toBe(1)
    expect(JSON.parse(gateway.lines.at(-1) ?? '')).toMatchObject({
      level: 'fatal',
      err: { message: 'Failed query: x' },
    })
    expect(gateway.lines.join('\n') + gateway.errors()).not.toContain('s3cret')
  }, 60_000)

  test('a worker answers about its health only', async () => {
    const gateway = start(env({ ROLE: 'worker' }))
    const { url } = await gateway.listening()
    const status = async (path: string) => (await fetch(url + path)).status
    expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(status))).toEqual([200, 200, 200])
    expect(await Promise.all(['/easemob/password', '/trpc/groups.get', '/docs'].map(status))).toEqual([
      404, 404, 404,
    ])
    gateway.child.kill('SIGTERM')
    expect(await gateway.ended).toBe(0)
  }, 60_000)

  test('a database that is away is waited for, and the wait can be ended', async () => {
    const port = await deadPort()
    const gateway = start(env({ DATABASE_URL: `postgres://u:pass-word@127.0.0.1:${port}/d` }))
    const line = await gateway.line(text => text.includes('the database is away'))
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', retryInMs: expect.any(Number) })
    gateway.child.kill('SIGTERM')
    expect(await gateway.ended).toBe(0)
    expect(gateway.lines.join('\n')).not.toContain('pass-word')
  }, 60_000)
})
