import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'
import journal from '../../src/db/migrations/meta/_journal.json' with { type: 'json' }
import { migrationLock, migrationsFolder } from '../../src/db/migrations.ts'
import { createPostgresDatabase, type PostgresDatabase } from '../support/postgres-database.ts'

/** Opening a Postgres, by several processes at once and by one that finds nothing to do. */
describe('opening a database', () => {
  const made: PostgresDatabase[] = []
  const opened: Database[] = []
  afterAll(async () => {
    await Promise.all(opened.map(database => database.close()))
    for (const database of made) await database.remove()
  })

  async function empty(): Promise<string> {
    const database = await createPostgresDatabase(inject('postgresUrl'))
    made.push(database)
    return database.url
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
    await migrateAllButNewest(url)
    const opened = await open(url)
    const { rows } = await opened.raw('select 1 from drizzle.__drizzle_migrations')
    expect(rows.length).toBe(journal.entries.length)
  }, 60_000)
})

/** As an older version of this program has left it. */
async function migrateAllButNewest(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-migrations-'))
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await cp(migrationsFolder, folder, { recursive: true })
    const older = { ...journal, entries: journal.entries.slice(0, -1) }
    await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify(older))
    await migrate(drizzle(client), { migrationsFolder: folder })
  } finally {
    await client.end()
    await rm(folder, { recursive: true, force: true })
  }
}
