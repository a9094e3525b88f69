import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyring } from '../../../src/accounts/keyring.ts'
import { runStore } from '../../../src/accounts/runs/store.ts'
import type { Database } from '../../../src/db/database.ts'
import { type TestDatabase, testDatabase } from '../../support/databases.ts'

let at: TestDatabase
let database: Database
beforeAll(async () => {
  at = await testDatabase('postgres')
  database = await at.open()
})
afterAll(async () => {
  await database.close()
  await at.remove()
})

test('a claim whose users a request has inserted meanwhile goes on to those behind them', async () => {
  const store = runStore(database, createKeyring([randomBytes(32)]), 60_000)
  await database.raw(`insert into users (id, name) select n, 'u' from generate_series(1, 4) n`)
  const run = (await store.start()) ?? 0
  const inserted = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const request = database.orm.transaction(async tx => {
    await tx.execute(
      `insert into accounts (user_id, state, password) values (1, 'pending', ''), (2, 'pending', '')`,
    )
    inserted.resolve()
    await commit.promise
  })
  await inserted.promise
  const claiming = store.claimFresh(run, 2)
  const waiting = `select count(*)::int as n from pg_locks where not granted`
  await expect.poll(async () => (await database.raw(waiting)).rows[0]?.['n']).toBeGreaterThan(0)
  commit.resolve()
  await request
  expect((await claiming)?.map(({ userId }) => userId)).toEqual(['3', '4'])
  expect(await store.claimFresh(run, 2)).toEqual([])
})
