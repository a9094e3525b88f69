import { type Contract, type Handler, userRow } from '@easemob-gateway/contracts'
import { and, inArray, isNotNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { arrayLiteral } from '../db/array-literal.ts'
import { type Database, schema } from '../db/database.ts'
import type { RequestContext } from '../request.ts'
import type { Activation } from './activation.ts'
import { byShape, insert, insertOrLock, type Row, upsert } from './rows.ts'

const uniqueViolation = '23505'
const anything = z.object({}).loose()
const idOnly = z.object({ id: z.string() })
// Says the same as the schema, in an eighth of the time. Made by the first import: it takes longer than a start can spare.
let compiled: typeof userRow | undefined

/** What an import needs. */
export interface ImportServices {
  readonly database: Database
  readonly activation: Pick<Activation, 'enqueue'>
  /** Drops cached values that show people, once their rows may have changed. */
  readonly forgetPeople: () => void
}

/** Upserts people in one transaction: good rows are stored, bad ones come back with their reasons. */
export function importUsers(services: ImportServices): Handler<Contract['users']['import'], RequestContext> {
  const { database, forgetPeople } = services
  return async ({ input }) => {
    const good = new Map<string, Row>()
    const failed: { row: number; id: string | null; reason: string }[] = []
    compiled ??= z.compile(userRow)
    for (const [row, raw] of input.users.entries()) {
      const parsed = compiled.safeParse(raw)
      if (parsed.success) {
        const earlier = good.get(parsed.data.id)
        // Two rows of one person: the later one wins, field by field.
        good.set(parsed.data.id, earlier ? { ...earlier, ...parsed.data } : parsed.data)
      } else failed.push({ row, id: idOf(raw), reason: reasonOf(parsed.error) })
    }
    // In one order for everybody, so that imports of the same people wait for each other and never block each other.
    const rows = [...good.values()].sort((a, b) => Number(a.id) - Number(b.id))
    if (rows.length === 0) return { imported: 0, failed }
    const setsDeleted = rows.some(row => row.deleted_at !== undefined)
    try {
      if (setsDeleted || byShape(rows).length > 1) await importMixed(services, rows)
      else await importPlain(database, rows)
    } finally {
      // Also where only the answer was lost.
      forgetPeople()
    }
    return { imported: input.users.length - failed.length, failed }
  }
}

/**
 * Rows of one shape. One statement is a transaction of its own, and locks its rows in the order they stand in. Where
 * nobody is known yet, it need not look for a conflict at every row, which is a quarter of Postgres's work.
 */
async function importPlain(database: Database, rows: readonly Row[]): Promise<void> {
  const ids = arrayLiteral(rows.map(({ id }) => id))
  const known = sql`select 1 as known from users where id = any(${sql.param(ids)}::bigint[]) limit 1`
  if ((await database.rows(anything, known)).length === 0)
    try {
      await database.rows(anything, insert(rows))
      return
    } catch (error) {
      // Another import has come first with one of them.
      if (!isTaken(error)) throw error
    }
  await database.rows(anything, upsert(rows))
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === uniqueViolation) || isTaken(error.cause)
}

/** Rows of several shapes, or people who may disappear or come back: in one transaction. */
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

function reasonOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
    .slice(0, 500)
}
