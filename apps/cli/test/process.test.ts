import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { workplace } from './run-cli.ts'

const secret = 'a secret of at least thirty-two bytes'

/** Every failure is three lines: what, why, what next. */
const threeLines = /^error: .+\nwhy: {3}.+\nnext: {2}.+\n$/

test('--help lists every domain on stdout, --version the version, and nothing at all is wrong usage', async () => {
  await using place = await workplace()
  const [help, version, nothing, word] = await Promise.all([
    place.run(['--help']),
    place.run(['--version']),
    place.run([]),
    place.run(['help', 'groups', 'create']),
  ])
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const domain of ['accounts:', 'groups:', 'users:', 'runs:', 'system:'])
    expect(help.out).toContain(domain)
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  expect(nothing).toMatchObject({ code: 2, out: '' })
  expect(word.out).toMatch(/--groupname TEXT +required/)
})

test('help and version load no library and not the contract, so that they are there at once', async () => {
  const hook = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => {
  if (/^[a-z@]/.test(name) && !/^(node|file|data):/.test(name)) throw new Error('loaded ' + name)
  return next(name, context)
} })`
  await using place = await workplace({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  })
  const [help, domain, version, operation] = await Promise.all(
    [['--help'], ['groups', '--help'], ['--version'], ['groups', 'create', '--help']].map(args =>
      place.run(args),
    ),
  )
  for (const ran of [help, domain, version]) expect(ran).toMatchObject({ code: 0, err: '' })
  expect(operation?.err).toMatch(/loaded (zod|@easemob-gateway\/contracts)/)
})

test('wrong usage ends with 2, says what was meant, and prints nothing on stdout', async () => {
  await using place = await workplace()
  const ran = await Promise.all(
    [
      ['grups'],
      ['groups', 'delte'],
      ['groups', 'delete'],
      ['groups', 'delete', '--im-grop-id', '1'],
      ['groups', 'delete', '1', '--im-group-id', '1'],
      ['users', 'import', 'absent.ndjson'],
      ['runs', 'watch'],
      ['token'],
      ['system', 'status', '--url', 'nowhere'],
      ['system', 'status', '--profile', 'absent'],
    ].map(args => place.run(args)),
  )
  for (const { code, out, err } of ran) {
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(threeLines)
  }
  expect(ran.slice(0, 4).map(({ err }) => /Did you mean (.+)\?/.exec(err)?.[1])).toEqual([
    'easemob groups',
    'easemob groups delete',
    undefined,
    '--im-group-id',
  ])
})

test('a gateway that is not there ends with 3 and names the address', async () => {
  await using place = await workplace({ EASEMOB_GATEWAY_TOKEN: 'very.secret.token' })
  await writeFile(join(place.folder, 'people.csv'), 'id,name\n1,a\n')
  const port = await unusedPort()
  const url = `http://127.0.0.1:${port}`
  const ran = await Promise.all(
    [
      ['system', 'status', '--json'],
      ['users', 'import', 'people.csv'],
      ['accounts', 'register-missing'],
      ['runs', 'watch', '--id', '1'],
    ].map(args => place.run([...args, '--url', url])),
  )
  for (const { code, out, err } of ran) {
    expect({ code, out }).toMatchObject({ code: 3 })
    expect(err).toContain(`no gateway at ${url}`)
    expect(err).toContain('ECONNREFUSED')
    expect(err).not.toContain('secret')
    expect(err).not.toMatch(/^\s+at /m)
  }
})

test('a server that is no gateway is told apart from one that is not there', async () => {
  await using place = await workplace()
  const server = createServer((_, response) => response.writeHead(404).end('<html>')).listen(0, '127.0.0.1')
  const address = await new Promise<ReturnType<typeof server.address>>(resolve =>
    server.once('listening', () => resolve(server.address())),
  )
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, err } = await place.run([
    'groups',
    'faces',
    '--im-group-id',
    '1',
    '--url',
    `http://127.0.0.1:${port}`,
  ])
  server.close()
  expect(code).toBe(3)
  expect(err).toContain('not as a gateway does')
})

test('token prints only the token, made with JWT_SECRET or the secret kept in the data directory', async () => {
  await using place = await workplace({ JWT_SECRET: secret })
  await using embedded = await workplace({ JWT_SECRET: '' })
  await mkdir(join(embedded.folder, '.data'))
  await writeFile(join(embedded.folder, '.data', 'jwt-secret'), `${secret}\n`)
  const [plain, admin, none] = await Promise.all([
    place.run(['token', '--user', '5', '--ttl', '2h']),
    embedded.run(['token', '--user=1', '--admin', '--json']),
    workplace().then(async other => {
      await using elsewhere = other
      return elsewhere.run(['token', '--user', '1'])
    }),
  ])
  const key = new TextEncoder().encode(secret)
  const { payload } = await jwtVerify(plain.out.trim(), key)
  expect(plain).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) })
  expect([payload.sub, Number(payload.exp) - Number(payload.iat)]).toEqual(['5', 7200])
  const made: { token: string; expires_at: string } = JSON.parse(admin.out)
  expect((await jwtVerify(made.token, key)).payload['scope']).toBe('easemob:admin')
  expect(none).toMatchObject({ code: 1, out: '', err: expect.stringMatching(threeLines) })
})

test('config keeps an address and a token that only their owner can read, and never shows the token', async () => {
  await using place = await workplace()
  expect((await place.run(['config', 'set', 'url', 'http://127.0.0.1:9'])).code).toBe(0)
  expect(
    (await place.run(['config', 'set', 'token', '-', '--profile', 'other'], 'very.secret.token\n')).code,
  ).toBe(0)
  const file = join(place.folder, 'config', 'easemob', 'config.json')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    profiles: { default: { url: 'http://127.0.0.1:9' }, other: { token: 'very.secret.token' } },
  })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const [shown, called] = await Promise.all([place.run(['config', 'show']), place.run(['system', 'status'])])
  expect(shown.out).toContain('http://127.0.0.1:9')
  expect(shown.out).not.toContain('secret')
  expect(called.err).toContain('no gateway at http://127.0.0.1:9')
})

test('a config file that cannot be read is named', async () => {
  await using place = await workplace()
  const file = join(place.folder, 'config', 'easemob', 'config.json')
  await mkdir(join(place.folder, 'config', 'easemob'), { recursive: true })
  await writeFile(file, '{oops')
  const { code, err } = await place.run(['system', 'status'])
  expect(code).toBe(2)
  expect(err).toContain(file)
})

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise<void>(resolve => server.once('listening', () => resolve()))
  const address = server.address()
  await new Promise<void>(resolve => server.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 0
}
