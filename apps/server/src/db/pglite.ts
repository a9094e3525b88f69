import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Database } from './database.ts'
import { isMigrated, migrationsFolder } from './migrations.ts'
import * as schema from './schema.ts'

// By default 128 MB, which are cleared at every start: a tenth of a second, and memory a demo has no use for.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB']

/** The embedded Postgres: one process, one connection. Whoever opens a folder must hold its lock. */
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
        // The one connection must not stay in a failed transaction.
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
