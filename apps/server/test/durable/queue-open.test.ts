import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import { createQueue } from '../../src/durable/queue.ts'
import { databaseKinds, type TestDatabase, testDatabase } from '../support/databases.ts'

describe.each(databaseKinds)('opening the queue on %s', kind => {
  let at: TestDatabase
  let database: Database
  beforeAll(async () => {
    at = await testDatabase(kind)
    database = await at.open()
  }, 60_000)
  afterAll(async () => {
    await database.close()
    await at.remove()
  })

  async function opened<T>(expireInSeconds: number, use: () => Promise<T>): Promise<T> {
    const queue = createQueue({
      database,
      log: pino({ level: 'silent' }),
      failpoint: () => {},
      handlers: { activation: async () => {}, notice: async () => {} },
      expireInSeconds,
    })
    await queue.open()
    try {
      return await use()
    } finally {
      await queue.close(5000)
    }
  }
  const settings = async () =>
    (
      await database.raw(
        `select name, expire_seconds, dead_letter, retry_limit, xmin::text from pgboss.queue order by name`,
      )
    ).rows

  test('is made at the first opening, found at the next, and changed when a setting has changed', async () => {
    const made = await opened(15, settings)
    expect(made.map(({ xmin: _, ...queue }) => queue)).toEqual([
      { name: 'activation', expire_seconds: 15, dead_letter: 'dead', retry_limit: 20 },
      expect.objectContaining({ name: 'dead', dead_letter: null }),
      { name: 'notice', expire_seconds: 15, dead_letter: 'dead', retry_limit: 20 },
    ])
    expect(await opened(15, settings)).toEqual(made)
    const changed = await opened(30, settings)
    expect(changed.map(queue => queue['expire_seconds'])).toEqual([30, made[1]?.['expire_seconds'], 30])
  }, 60_000)
})
