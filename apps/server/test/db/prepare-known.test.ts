import { eq, inArray } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareKnown } from '../../src/db/prepare-known.ts'
import { users } from '../../src/db/schema.ts'
import { type TestDatabase, testDatabase } from '../support/databases.ts'

describe('statements of drizzle', () => {
  let database: TestDatabase
  let client: Sql
  let orm: PostgresJsDatabase
  beforeAll(async () => {
    database = await testDatabase('postgres')
    await (await database.open()).close()
    client = postgres(database.url, { max: 1, onnotice: () => {} })
    orm = drizzle(prepareKnown(client))
  })
  afterAll(async () => {
    await client.end()
    await database.remove()
  })

  const preparedOf = async (table: string) =>
    (await client`select statement from pg_prepared_statements where statement like ${`%from "${table}"%`}`)
      .length

  test('are prepared once they come again, in a transaction as well, and find what is there', async () => {
    const find = () => orm.select({ id: users.id }).from(users).where(eq(users.id, '7'))
    expect(await find()).toEqual([])
    expect(await preparedOf('users')).toBe(0)
    await orm.transaction(async tx => {
      await tx.insert(users).values({ id: '7', name: 'seven' })
      expect(await tx.select({ id: users.id }).from(users).where(eq(users.id, '7'))).toEqual([{ id: '7' }])
    })
    expect(await preparedOf('users')).toBe(1)
    expect(await find()).toEqual([{ id: '7' }])
    expect(await preparedOf('users')).toBe(1)
  })

  test('are not kept by the server when they spell out a long list', async () => {
    const before = await preparedOf('users')
    const ids = Array.from({ length: 40 }, (_, i) => String(i + 1))
    for (let time = 0; time < 3; time++)
      expect(await orm.select({ id: users.id }).from(users).where(inArray(users.id, ids))).toEqual([
        { id: '7' },
      ])
    expect(await preparedOf('users')).toBe(before)
  })
})
