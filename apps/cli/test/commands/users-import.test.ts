import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flakyProxy } from '../support/flaky-proxy.ts'
import { gatewayWorkplace } from '../support/gateway-workplace.ts'

const world = gatewayWorkplace()

test('NDJSON and CSV are imported, bad rows are reported by line and written to --rejects, and the others are in', async () => {
  const good = Array.from({ length: 2300 }, (_, at) =>
    JSON.stringify({ id: String(10_001 + at), name: `人${at}`, sex: 1 }),
  )
  const file = [...good.slice(0, 1500), '{oops', '{"id":"0","name":"nobody"}', ...good.slice(1500)].join('\n')
  await writeFile(join(world.place.folder, 'people.ndjson'), file)
  await writeFile(
    join(world.place.folder, 'people.csv'),
    'id,name,verified\n20001,"花, 儿","{""type"":""user""}"\n20002,,\n20003,c,{bad\n',
  )
  const ndjson = await world.place.run([
    'users',
    'import',
    'people.ndjson',
    '--rejects',
    'rejects.ndjson',
    '--json',
  ])
  const csv = await world.place.run(['users', 'import', 'people.csv'])
  expect(JSON.parse(ndjson.out)).toMatchObject({
    rows: 2302,
    imported: 2300,
    refused: 2,
    failed: [{ line: 1501 }, { line: 1502, id: '0' }],
  })
  expect(ndjson.code).toBe(1)
  const rejects = (await readFile(join(world.place.folder, 'rejects.ndjson'), 'utf8'))
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
  expect(await world.gateway.admin.users.get.query({ id: '12300' })).toMatchObject({ name: '人2299', sex: 1 })
  expect(await world.gateway.admin.users.get.query({ id: '20001' })).toMatchObject({
    name: '花, 儿',
    verified: { type: 'user' },
  })
})

test('an import reads stdin, and the later of two rows of one person wins', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => JSON.stringify({ id: '30001', name: `n${at}` })).join(
    '\n',
  )
  const ran = await world.place.run(['users', 'import', '-', '--json'], rows)
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(await world.gateway.admin.users.get.query({ id: '30001' })).toMatchObject({ name: 'n2999' })
})

test('an import by someone who is no administrator stops at once and says so', async () => {
  const ran = await world.place.run(
    ['users', 'import', '-', '--token', await world.gateway.token('2')],
    '{"id":"40001","name":"a"}\n',
  )
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(ran.err).toContain('FORBIDDEN')
})

test('an import goes on after a lost connection, and no row is lost', async () => {
  await using proxy = await flakyProxy(world.gateway.url, 3)
  const rows = Array.from({ length: 5000 }, (_, at) =>
    JSON.stringify({ id: String(50_001 + at), name: 'x' }),
  ).join('\n')
  const ran = await world.place.run(
    ['users', 'import', '-', '--json', '--concurrency', '1', '--url', proxy.url],
    rows,
  )
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(ran.out)).toMatchObject({ rows: 5000, imported: 5000, refused: 0 })
  expect(proxy.broken()).toBe(1)
  expect(await world.gateway.admin.users.get.query({ id: '55000' })).toMatchObject({ name: 'x' })
})
