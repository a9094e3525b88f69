import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connect, type Database } from '../../src/db/connect.ts'
import { migrationLock } from '../../src/db/migrations.ts'

/** Opening a Postgres, by several processes at once and by one that finds nothing to do. */
describe('opening a database', () => {
  let admin: postgres.Sql
  const made: string[] = []
  const opened: Database[] = []
  beforeAll(() => {
    admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  })
  afterAll(async () => {
    await Promise.all(opened.map(database => database.close()))
    for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  })

  async function empty(): Promise<string> {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    await admin.unsafe(`create database ${name}`)
    made.push(name)
    const url = new URL(inject('postgresUrl'))
    url.pathname = `/${name}`
    return url.href
  }
  async function open(url: string): Promise<Database> {
    const database = await connect(url)
    opened.push(database)
    return database
  }

  test('migrates an empty one once, however many open it together', async () => {
    const url = await empty()
    const [first] = await Promise.all(Array.from({ length: 4 }, () => open(url)))
    const applied = await first?.raw('select created_at from drizzle.__drizzle_migrations')
    expect(new Set(applied?.rows.map(row => row['created_at'])).size).toBe(applied?.rows.length)
    expect((await first?.raw('select count(*)::int as n from users'))?.rows).toEqual([{ n: 0 }])
  }, 60_000)

  test('waits for nobody when there is nothing to migrate', async () => {
    const url = await empty()
    await open(url)
    const holder = postgres(url, { max: 1, onnotice: () => {} })
    try {
      await holder`select pg_advisory_lock(${migrationLock})`
      const again = await open(url)
      expect((await again.raw('select 1 as one')).rows).toEqual([{ one: 1 }])
    } finally {
      await holder.end()
    }
  }, 60_000)

  test('brings an older one up to date', async () => {
    const url = await empty()
    const before = await open(url)
    await before.raw(`delete from drizzle.__drizzle_migrations
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
    const { rows: older } = await before.raw('select 1 from drizzle.__drizzle_migrations')
    const { rows: newer } = await (await open(url)).raw('select 1 from drizzle.__drizzle_migrations')
    expect(newer.length).toBe(older.length + 1)
  }, 60_000)
})
