import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from './database.ts'
import { isMigrated, migrationsFolder } from './migrations.ts'
import * as schema from './schema.ts'

// The default of 128 MB is cleared at every start, which takes 100 ms, and a demo does not need that memory.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB']

/**
 * Opens the embedded Postgres, which has one connection, and applies missing migrations. The caller must hold the lock of
 * the data folder.
 * @param url the path of a folder, or `memory://`
 */
export async function connectPglite(url: string): Promise<Database> {
  const client = await PGlite.create(url, { startParams })
  const orm = drizzle(client, { schema })
  if (!(await isMigrated(async text => (await client.query<Record<string, unknown>>(text)).rows)))
    await migrate(orm, { migrationsFolder })
  return {
    kind: 'pglite',
    orm,
    rows: async (shape, query, executor = orm) => shape.array().parse(rowsOf(await executor.execute(query))),
    prepared: async (text, values) => (await client.query<Record<string, unknown>>(text, [...values])).rows,
    raw: async (text, values) => {
      if (values?.length) return client.query<Record<string, unknown>>(text, values)
      try {
        return { rows: (await client.exec(text)).flatMap(result => result.rows) }
      } catch (error) {
        // The only connection must not stay in a failed transaction.
        await client.exec('ROLLBACK').catch(() => undefined)
        throw error
      }
    },
    close: () => client.close(),
  }
}

function rowsOf(result: unknown): unknown[] {
  return typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)
    ? result.rows
    : []
}
