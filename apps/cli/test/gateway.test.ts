import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contract, walk } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Gateway, startGateway } from '../../server/test/support/harness.ts'
import { flakyProxy } from './flaky-proxy.ts'
import { workplace } from './run-cli.ts'

let gateway: Gateway
let place: Awaited<ReturnType<typeof workplace>>
let userToken: string

beforeAll(async () => {
  gateway = await startGateway({ database: 'pglite' })
  await gateway.people(1, 2, 4, 5, 7)
  const token = await gateway.token({ sub: '1', scope: 'easemob:admin' })
  userToken = await gateway.token({ sub: '2' })
  place = await workplace({
    EASEMOB_GATEWAY_URL: gateway.url,
    EASEMOB_GATEWAY_TOKEN: token,
    JWT_SECRET: gateway.jwtSecret,
  })
})
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
  await gateway?.close()
})

/** The result of a command that must succeed, from `--json`, which must be all that stdout holds. */
async function result(...args: string[]): Promise<unknown> {
  const { code, out, err } = await place.run([...args, '--json'])
  expect({ code, err }, args.join(' ')).toMatchObject({ code: 0 })
  expect(out).toMatch(/^[^\n]+\n$/)
  return JSON.parse(out)
}

async function newGroup(...members: string[]): Promise<string> {
  const made = await result(
    'groups',
    'create',
    '--groupname',
    '花儿巷',
    '--desc',
    '来自花儿巷的朋友',
    ...(members.length > 0 ? ['--members', members.join()] : []),
  )
  return contract.groups.create.output.parse(made).im_group_id
}

test('every operation of the contract is a command, and --json prints what its contract promises', {
  timeout: 120_000,
}, async () => {
  const group = await newGroup('2', '4', '5', '7')
  const { run } = contract.accounts.registerMissing.output.parse(
    await result('accounts', 'register-missing', '--wait', '20'),
  )
  const commands: Record<string, readonly string[]> = {
    'accounts.register': ['--user-id', '5'],
    'accounts.registerMany': ['--user_ids', '4,5'],
    'accounts.registerMissing': ['--wait', '0'],
    'accounts.resetPassword': [],
    'accounts.password': [],
    'groups.get': ['--im-group-id', group],
    'groups.list': ['--imGroupId', group],
    'groups.create': ['--groupname', 'x', '--desc', 'y', '--no-public', '--idempotency-key', 'k'],
    'groups.update': ['--im-group-id', group, '--groupname', 'new', '--desc', 'y', '--maxusers', '300'],
    'groups.faces': ['--im-group-id', group],
    'groups.addMembers': ['--im-group-id', group, '--members', '2'],
    'groups.removeMembers': ['--im-group-id', group, '--members', '7'],
    'groups.delete': ['--im-group-id', group],
    'users.import': ['--users', '[{"id":"5","name":"明夜"}]'],
    'users.get': ['--id', '5'],
    'users.list': ['--registered', 'yes', '--limit', '3'],
    'runs.get': ['--id', run.id],
    'runs.list': [],
    'runs.watch': ['--id', run.id],
    'runs.cancel': ['--id', run.id],
    'keys.rotate': [],
    'system.status': [],
    'system.retry': [],
    'system.audit': ['--limit', '5'],
  }
  const operations = new Map(walk(contract))
  expect(Object.keys(commands).sort()).toEqual([...operations.keys()].sort())
  for (const [path, flags] of Object.entries(commands)) {
    const answer = await result(...path.split('.'), ...flags)
    const promised = operations.get(path)?.output ?? z.never()
    expect(z.safeParse(promised, answer).error, path).toBeUndefined()
  }
})

test('a group is shown to people with its members in a table', async () => {
  const { code, out } = await place.run(['groups', 'get', '--im-group-id', await newGroup('2', '4')])
  expect(code).toBe(0)
  expect(out).toMatch(/name +花儿巷/)
  expect(out).toMatch(/affiliations:\n +id +name/)
  for (const name of ['u1', 'u2', 'u4']) expect(out).toContain(name)
})

test('what the gateway refuses ends with 1 and names reason, flags and request, on stderr alone', async () => {
  const group = await newGroup()
  const [absent, invalid, forbidden, unsigned] = await Promise.all([
    place.run(['groups', 'get', '--im-group-id', '404', '--json']),
    place.run(['groups', 'create', '--groupname', 'x', '--desc', 'y', '--maxusers', '1', '--json']),
    place.run(['groups', 'delete', '--im-group-id', group, '--token', userToken, '--json']),
    place.run(['system', 'status', '--token', 'made.up.token', '--json']),
  ])
  for (const ran of [absent, invalid, forbidden, unsigned]) {
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(/^error: .+\nwhy: {3}.+request id .+\nnext: {2}.+\n$/)
  }
  expect(absent.err).toContain('GROUP_NOT_FOUND')
  expect(invalid.err).toMatch(/VALIDATION_FAILED; --maxusers: /)
  expect(forbidden.err).toContain('FORBIDDEN')
  expect(unsigned.err).toMatch(/UNAUTHENTICATED[\s\S]*easemob token --user 1/)
  expect(unsigned.err).not.toContain('made.up')
})

test('a token made by the command is accepted by the gateway', async () => {
  const { out } = await place.run(['token', '--user', '900001', '--admin'])
  expect(await result('system', 'status', '--token', out.trim())).toHaveProperty('database.kind', 'pglite')
})

test('NDJSON and CSV are imported, bad rows are named by line and kept, and the others are in', async () => {
  const good = Array.from({ length: 2300 }, (_, at) =>
    JSON.stringify({ id: String(10_001 + at), name: `人${at}`, sex: 1 }),
  )
  const file = [...good.slice(0, 1500), '{oops', '{"id":"0","name":"nobody"}', ...good.slice(1500)].join('\n')
  await writeFile(join(place.folder, 'people.ndjson'), file)
  await writeFile(
    join(place.folder, 'people.csv'),
    'id,name,verified\n20001,"花, 儿","{""type"":""user""}"\n20002,,\n20003,c,{bad\n',
  )
  const ndjson = await place.run([
    'users',
    'import',
    'people.ndjson',
    '--rejects',
    'rejects.ndjson',
    '--json',
  ])
  const csv = await place.run(['users', 'import', 'people.csv'])
  expect(JSON.parse(ndjson.out)).toMatchObject({
    rows: 2302,
    imported: 2300,
    refused: 2,
    failed: [{ line: 1501 }, { line: 1502, id: '0' }],
  })
  expect(ndjson.code).toBe(1)
  const rejects = (await readFile(join(place.folder, 'rejects.ndjson'), 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(rejects.map(({ line, row }) => [line, row])).toEqual([
    [1501, '{oops'],
    [1502, { id: '0', name: 'nobody' }],
  ])
  expect(csv).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^Imported 1 of 3 rows in .+ s \(\d+ rows\/s\); 2 refused\.\n$/),
  })
  expect(csv.err).toMatch(/line 3 \(id 20002\): name: .+\nline 4 \(id 20003\): verified: not valid JSON\n/)
  expect(await gateway.admin().users.get.query({ id: '12300' })).toMatchObject({ name: '人2299', sex: 1 })
  expect(await gateway.admin().users.get.query({ id: '20001' })).toMatchObject({
    name: '花, 儿',
    verified: { type: 'user' },
  })
})

test('an import reads stdin, and the later of two rows of one person wins', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => JSON.stringify({ id: '30001', name: `n${at}` })).join(
    '\n',
  )
  const ran = await place.run(['users', 'import', '-', '--json'], rows)
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(await gateway.admin().users.get.query({ id: '30001' })).toMatchObject({ name: 'n2999' })
})

test('an import by someone who is no administrator stops at once and says so', async () => {
  const ran = await place.run(['users', 'import', '-', '--token', userToken], '{"id":"40001","name":"a"}\n')
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(ran.err).toContain('FORBIDDEN')
})

test('an import goes on after a lost connection, and no row is lost', async () => {
  await using proxy = await flakyProxy(gateway.url, 3)
  const rows = Array.from({ length: 5000 }, (_, at) =>
    JSON.stringify({ id: String(50_001 + at), name: 'x' }),
  ).join('\n')
  const ran = await place.run(
    ['users', 'import', '-', '--json', '--concurrency', '1', '--url', proxy.url],
    rows,
  )
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(ran.out)).toMatchObject({ rows: 5000, imported: 5000, refused: 0 })
  expect(proxy.broken()).toBe(1)
  expect(await gateway.admin().users.get.query({ id: '55000' })).toMatchObject({ name: 'x' })
})
