import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

describe.each(databaseKinds)('people on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
  })
  afterAll(() => gateway.close())
  const load = (
    ...users: Parameters<ReturnType<Gateway['admin']>['users']['import']['mutate']>[0]['users']
  ) => gateway.admin().users.import.mutate({ users })
  const get = (id: string) => gateway.admin().users.get.query({ id })

  test('an import inserts and updates; absent fields stay, null clears', async () => {
    const full = {
      id: '1',
      name: ' root ',
      bio: 'b',
      sex: 1,
      location: '北京',
      created_at: '2017-12-17 14:34:13',
      verified: { type: 'org', since: 2020 },
    }
    expect(await load(full)).toEqual({ imported: 1, failed: [] })
    expect(await get('1')).toMatchObject({
      name: 'root',
      bio: 'b',
      created_at: '2017-12-17 14:34:13',
      registered: 'no',
    })
    await load({ id: '1', name: 'renamed', bio: null })
    expect(await get('1')).toMatchObject({
      name: 'renamed',
      bio: null,
      location: '北京',
      sex: 1,
      verified: { type: 'org' },
    })
  })

  test('bad rows come back with their reasons, and the good ones are kept', async () => {
    const { imported, failed } = await load(
      { id: '2', name: 'two' },
      { id: 'x', name: 'bad id' },
      { id: '3', name: '' },
      { id: '4', name: 'four', created_at: 'yesterday' },
      { id: 5, name: 'a number' },
    )
    expect(imported).toBe(2)
    expect(failed.map(({ row, id }) => [row, id])).toEqual([
      [1, 'x'],
      [2, '3'],
      [3, '4'],
    ])
    expect(failed.every(({ reason }) => reason.length > 0)).toBe(true)
    expect(await get('5')).toMatchObject({ name: 'a number' })
  })

  test('a row whose name has a length that cannot be compared is bad, and the good ones are kept', async () => {
    const odd: string = JSON.parse('{"length":{"toString":1,"valueOf":1}}')
    const { imported, failed } = await load({ id: '71', name: odd }, { id: '72', name: 'good' })
    expect({ imported, failed }).toMatchObject({ imported: 1, failed: [{ row: 0, id: '71' }] })
    expect(await get('72')).toMatchObject({ name: 'good' })
  })

  test('of two rows of one person the later one wins, field by field', async () => {
    await load({ id: '6', name: 'a', bio: 'kept' }, { id: '6', name: 'b' })
    expect(await get('6')).toMatchObject({ name: 'b', bio: 'kept' })
  })

  test('imports of the same new people at the same time all succeed, and one of them is what stands', async () => {
    const versions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const wave of [1000, 2000, 3000, 4000]) {
      const ids = Array.from({ length: 400 }, (_, i) => String(wave + i))
      const answers = await Promise.all(versions.map(name => load(...ids.map(id => ({ id, name })))))
      expect(answers).toEqual(versions.map(() => ({ imported: 400, failed: [] })))
      const ends = await Promise.all([ids[0], ids[200], ids[399]].map(id => get(id ?? '')))
      expect(new Set(ends.map(({ name }) => name)).size).toBe(1)
    }
  })

  test('imports of rows of different shapes at the same time all succeed, whoever is new in them', async () => {
    const rowsOf = (wave: number, version: number) =>
      Array.from({ length: 500 }, (_, i) => ({
        id: String(wave + i),
        name: 'x',
        ...((i * 31 + version * 17) % 3 === 0 && { bio: 'b' }),
        ...((i * 13 + version) % 3 === 1 && { sex: 1 }),
      })).filter((_, i) => (i * 7 + version * 3) % 8 !== version)
    for (const wave of [10_000, 20_000, 30_000]) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, version) => load(...rowsOf(wave, version))),
      )
      expect(answers.every(({ failed }) => failed.length === 0)).toBe(true)
    }
  })

  test('of rows of different shapes, what is absent is the default of a new person and stays of a known one', async () => {
    await load({ id: '50', name: 'known', sex: 2, bio: 'kept', created_at: '2017-12-17 14:34:13' })
    const before = Date.now() - 1000
    await load(
      { id: '50', name: 'renamed' },
      { id: '51', name: 'new', bio: 'b' },
      { id: '52', name: 'newer', sex: 1, created_at: '2018-01-01 00:00:00', extra: { a: [1] } },
    )
    const known = { name: 'renamed', sex: 2, bio: 'kept', created_at: '2017-12-17 14:34:13' }
    expect(await get('50')).toMatchObject(known)
    const fresh = await get('51')
    expect(fresh).toMatchObject({
      name: 'new',
      bio: 'b',
      sex: 0,
      location: null,
      extra: null,
      deleted_at: null,
    })
    for (const time of [fresh.created_at, fresh.updated_at]) {
      expect(Date.parse(`${time.replace(' ', 'T')}Z`)).toBeGreaterThan(before)
      expect(Date.parse(`${time.replace(' ', 'T')}Z`)).toBeLessThanOrEqual(Date.now())
    }
    expect(await get('52')).toMatchObject({ sex: 1, created_at: '2018-01-01 00:00:00', extra: { a: [1] } })
  })

  test('hostile texts are stored as they are', async () => {
    const name = `'; drop table users; -- "\\ {x} 😀`
    await load({ id: '7', name, extra: { __proto__x: 1, 'a"b': [null, { c: '\\' }] } })
    expect(await get('7')).toMatchObject({ name, extra: { 'a"b': [null, { c: '\\' }] } })
  })

  test('a list is paged by id, each person once, and filtered by name prefix and registration', async () => {
    await gateway.people(...Array.from({ length: 45 }, (_, i) => 100 + i))
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await gateway
        .admin()
        .users.list.query({ limit: 20, name: 'u1', ...(cursor ? { cursor } : {}) })
      seen.push(...page.users.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor)
    expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => String(100 + i)))
    await gateway.admin().accounts.register.mutate({ user_id: '110' })
    const registered = await gateway.admin().users.list.query({ registered: 'yes' })
    expect(registered.users.map(({ id }) => id)).toEqual(['110'])
    expect((await gateway.admin().users.list.query({ name: 'u%' })).users).toEqual([])
  })
})
