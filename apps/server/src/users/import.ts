import { type Contract, type Handler, userRow } from '@easemob-gateway/contracts'
import { and, inArray, isNotNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { arrayLiteral } from '../db/array-literal.ts'
import { type Database, schema } from '../db/database.ts'
import type { RequestContext } from '../request.ts'
import { type Issues, safeParse } from '../safe-parse.ts'
import type { Activation } from './activation.ts'
import { byShape, insert, insertOrLock, type Row, upsert } from './rows.ts'

const uniqueViolation = '23505'
const anything = z.object({}).loose()
const idOnly = z.object({ id: z.string() })
// Parses like the schema in an eighth of the time. Compiled by the first import, since that would delay the start.
let compiled: typeof userRow | undefined

/** What an import needs. */
export interface ImportServices {
  readonly database: Database
  readonly activation: Pick<Activation, 'enqueue'>
  /** Drops cached profiles and group views; called when users may have changed. */
  readonly forgetPeople: () => void
}

/** Upserts users in one transaction: valid rows are stored, invalid ones are returned with their reasons. */
export function importUsers(services: ImportServices): Handler<Contract['users']['import'], RequestContext> {
  const { database, forgetPeople } = services
  return async ({ input }) => {
    const good = new Map<string, Row>()
    const failed: { row: number; id: string | null; reason: string }[] = []
    compiled ??= z.compile(userRow)
    const rowSchema = compiled
    for (const [row, raw] of input.users.entries()) {
      const parsed = safeParse(() => rowSchema.safeParse(raw))
      if (parsed.success) {
        const earlier = good.get(parsed.data.id)
        // Of two rows with one id, the later one wins, field by field.
        good.set(parsed.data.id, earlier ? { ...earlier, ...parsed.data } : parsed.data)
      } else failed.push({ row, id: idOf(raw), reason: reasonOf(parsed.error) })
    }
    // Sorted, so that concurrent imports lock rows in the same order and cannot deadlock.
    const rows = [...good.values()].sort((a, b) => Number(a.id) - Number(b.id))
    if (rows.length === 0) return { imported: 0, failed }
    const setsDeleted = rows.some(row => row.deleted_at !== undefined)
    try {
      if (setsDeleted || byShape(rows).length > 1) await importMixed(services, rows)
      else await importPlain(database, rows)
    } finally {
      // Also after an error, since the transaction may have been committed and only its answer lost.
      forgetPeople()
    }
    return { imported: input.users.length - failed.length, failed }
  }
}

/**
 * Imports rows of one shape by one statement, which locks rows in the order of the list. If none of the ids is known, a
 * plain insert saves the check for a conflict at every row, a quarter of Postgres's work.
 */
async function importPlain(database: Database, rows: readonly Row[]): Promise<void> {
  const ids = arrayLiteral(rows.map(({ id }) => id))
  const known = sql`select 1 as known from users where id = any(${sql.param(ids)}::bigint[]) limit 1`
  if ((await database.rows(anything, known)).length === 0)
    try {
      await database.rows(anything, insert(rows))
      return
    } catch (error) {
      // A concurrent import has inserted one of the ids.
      if (!isTaken(error)) throw error
    }
  await database.rows(anything, upsert(rows))
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === uniqueViolation) || isTaken(error.cause)
}

/** Imports rows of several shapes, or rows that set `deleted_at`, in one transaction. */
async function importMixed(
  { database, activation }: Pick<ImportServices, 'database' | 'activation'>,
  rows: readonly Row[],
): Promise<void> {
  const { users } = schema
  await database.orm.transaction(async tx => {
    const made = new Set((await database.rows(idOnly, insertOrLock(rows), tx)).map(({ id }) => id))
    const known = rows.filter(({ id }) => !made.has(id))
    const ids = known.map(({ id }) => id)
    const before = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(inArray(users.id, ids), isNotNull(users.deletedAt)))
    const hidden = new Set(before.map(({ id }) => id))
    for (const some of byShape(known)) await database.rows(anything, upsert(some), tx)
    const changed = rows.filter(
      ({ id, deleted_at }) => deleted_at !== undefined && hidden.has(id) !== (deleted_at !== null),
    )
    await activation.enqueue(
      tx,
      changed.map(({ id }) => id),
    )
  })
}

function idOf(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 64) : null
}

function reasonOf({ issues }: Issues): string {
  return issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
    .slice(0, 500)
}
