import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import * as schema from './schema.ts'

type Orm = PgDatabase<PgQueryResultHKT, typeof schema>

/** A transaction, or the database itself outside of one. */
export type Executor = Pick<Orm, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** A database, PGlite or Postgres. */
export interface Database {
  readonly kind: 'pglite' | 'postgres'
  readonly orm: Orm
  /**
   * Runs a statement and parses its rows. The drivers return numbers past 2^53 and times differently: cast those to text in
   * the statement.
   * @param executor a transaction. Default: the database
   * @throws the driver's error; ZodError for rows of another shape
   */
  rows<T>(shape: z.ZodType<T>, query: SQL, executor?: Executor): Promise<T[]>
  /**
   * Runs a constant statement, which is prepared once: for the hot paths, where building a statement with drizzle costs
   * more than running it. The values are bound to `$1`, `$2`, ….
   */
  prepared(text: string, values: readonly (string | number | null)[]): Promise<Record<string, unknown>[]>
  /** Runs the statements of another library: one with values, or a script of several without. */
  raw(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  close(): Promise<void>
}

export { schema }
