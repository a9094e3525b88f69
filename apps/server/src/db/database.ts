import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import * as schema from './schema.ts'

type Orm = PgDatabase<PgQueryResultHKT, typeof schema>

/** A transaction, or the database itself where no transaction is open. */
export type Executor = Pick<Orm, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** One database, PGlite or Postgres, behind one interface. */
export interface Database {
  readonly kind: 'pglite' | 'postgres'
  readonly orm: Orm
  /**
   * Rows of a statement written in SQL, checked against a shape. Numbers past 2^53 and times differ between drivers:
   * cast them to text in the statement.
   */
  rows<T>(shape: z.ZodType<T>, query: SQL, executor?: Executor): Promise<T[]>
  /**
   * Rows of a statement that is prepared once and sent as it stands: for the hot paths, where building the
   * statement costs more than running it. Values are bound, never spliced.
   */
  prepared(text: string, values: readonly (string | number | null)[]): Promise<Record<string, unknown>[]>
  /**
   * Statements of another library in the session's own protocol: one with values, or several without.
   */
  raw(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  close(): Promise<void>
}

export { schema }
