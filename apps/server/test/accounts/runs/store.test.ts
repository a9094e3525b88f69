import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKeyring } from '../../../src/accounts/keyring.ts'
import type { Candidate } from '../../../src/accounts/register-batch.ts'
import { type RunStore, runStore } from '../../../src/accounts/runs/store.ts'
import type { Database } from '../../../src/db/database.ts'
import { databaseKinds, type TestDatabase, testDatabase } from '../../support/databases.ts'

describe.each(databaseKinds)('the store of runs on %s', kind => {
  let at: TestDatabase
  let database: Database
  let store: RunStore
  beforeEach(async () => {
    at = await testDatabase(kind)
    database = await at.open()
    store = runStore(database, createKeyring([randomBytes(32)]), 60_000)
  })
  afterEach(async () => {
    await database.close()
    await at.remove()
  })
  const people = (from: number, to: number) =>
    database.raw(`insert into users (id, name) select n, 'u' from generate_series(${from}, ${to}) n`)
  const idsOf = (claimed: readonly Candidate[] | null) => claimed?.map(({ userId }) => userId)
  const record = (registered: string[]) => store.record({ registered, refused: [], lost: [] })

  test('a run waits for a user whom a request is registering, and registers them once the request has died', async () => {
    await people(2, 3)
    const run = (await store.start()) ?? 0
    expect(idsOf(await store.claimFresh(run, 10))).toEqual(['2', '3'])
    await record(['2', '3'])
    await people(1, 1)
    await database.raw(`insert into accounts (user_id, state, password) values (1, 'pending', '')`)
    await store.finish(run)
    expect(await store.running()).toBe(run)
    expect(await store.claimAgain(run, 10)).toEqual([])
    await database.raw(`update accounts set changed_at = now() - interval '1 minute' where user_id = 1`)
    await store.finish(run)
    expect(await store.running()).toBe(run)
    expect(idsOf(await store.claimAgain(run, 10))).toEqual(['1'])
    await record(['1'])
    await store.finish(run)
    expect(await store.running()).toBeNull()
  })

  // PGlite has one connection, on which nothing happens meanwhile.
  test.skipIf(kind === 'pglite')(
    'a claim whose users a request has inserted meanwhile goes on to those behind them',
    async () => {
      await people(1, 4)
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
      expect(idsOf(await claiming)).toEqual(['3', '4'])
      expect(await store.claimFresh(run, 2)).toEqual([])
    },
  )
})
