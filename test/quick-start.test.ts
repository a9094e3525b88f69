import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secretInDatabase, secretInOutput } from '../apps/server/test/support/process-secrets.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

/** What a newcomer does: the README's command, then what the banner suggests, pasted as it stands. */
describe('the quick start', () => {
  let folder: string
  let started: { child: ChildProcess; lines: string[] }
  const written: string[][] = []

  async function start(): Promise<typeof started> {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const command = /^(npx -y pnpm@10 start)\b/m.exec(readme)?.[1] ?? ''
    const child = spawn('sh', ['-c', command], {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'trace' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    const lines: string[] = []
    await new Promise<void>((resolve, reject) => {
      child.once('exit', code => reject(new Error(`the start ended with ${code}`)))
      createInterface({ input: child.stdout }).on('line', line => {
        lines.push(line)
        if (line.includes('Ctrl-C stops it')) resolve()
      })
    })
    written.push(lines)
    return { child, lines }
  }

  async function stop(): Promise<number | null> {
    const { child } = started
    if (child.exitCode !== null) return child.exitCode
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    process.kill(-(child.pid ?? 0), 'SIGINT')
    return ended
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-start-'))
    started = await start()
  })
  afterAll(async () => {
    await stop().catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  })

  const suggested = () =>
    started.lines.map(line => line.trim()).filter(line => /^(curl|EASEMOB_GATEWAY_URL)/.test(line))
  const paste = async (line: string) => (await run('sh', ['-c', line], { cwd: root })).stdout

  test('says where it listens in one JSON line', () => {
    const line = started.lines.find(text => text.startsWith('{') && text.includes('"listening"'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      url: expect.stringMatching(/^http/),
      emulatorUrl: expect.stringMatching(/^http/),
    })
  })

  test('suggests three commands that work when pasted', async () => {
    const [password = '', group = '', create = ''] = suggested()
    expect(JSON.parse(await paste(password))).toMatchObject({
      im_pwd_hash: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const [flowers] = JSON.parse(await paste(group))
    expect(flowers).toMatchObject({ name: '花儿巷', maxusers: 300, affiliations_count: 5 })
    expect(flowers.affiliations.map((person: { id: number }) => person.id)).toEqual([1, 2, 4, 5, 7])
    expect(await paste(create)).toMatch(/\d{13,18}/)
  })

  test('keeps groups and passwords over a stop and a start', async () => {
    const password = () => paste(suggested()[0] ?? '')
    const before = await password()
    const group = JSON.parse(await paste(`${suggested()[2]} --json`))
    await stop()
    started = await start()
    expect(await password()).toBe(before)
    const again = (suggested()[1] ?? '').replace(/im_group_id=\d+/, `im_group_id=${group.im_group_id}`)
    expect(JSON.parse(await paste(again))[0]).toMatchObject({ name: '花儿巷', owner: '1' })
  })

  test('tells tokens in the banner only: no secret stands in the log or in the database', async () => {
    const password = /[0-9a-f]{32}/.exec(await paste(suggested()[0] ?? ''))?.[0] ?? ''
    await stop()
    const data = join(folder, 'data')
    const made = await Promise.all(
      ['jwt-secret', 'im-password-key'].map(async name => (await readFile(join(data, name), 'utf8')).trim()),
    )
    const tokens = suggested().map(line => /eyJ[\w.-]+/.exec(line)?.[0] ?? '')
    const used = [...made, ...tokens, password]
    expect(used.filter(secret => secret.length < 32)).toEqual([])
    const lines = written.flat()
    expect(lines.filter(line => line.includes('"operation"')).length).toBeGreaterThan(3)
    expect(
      secretInOutput({ JWT_SECRET: made[0] ?? '', IM_PASSWORD_KEY: made[1] ?? '' }, lines, ''),
    ).toBeNull()
    expect(await secretInDatabase({}, join(data, 'db'), used)).toBeNull()
  })
})
