import type { run as runSchema } from '@easemob-gateway/contracts'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { z } from 'zod'
import { type Database, schema } from '../../db/database.ts'
import { legacyTime } from '../../db/legacy-time.ts'

const { accounts, runs } = schema
const errorsShown = 20

/** A run as an operation returns it. */
export type Run = z.input<typeof runSchema>

/** Reads a run; null when there is none with this id. */
export async function readRun(database: Database, id: number): Promise<Run | null> {
  const [row] = await database.orm.select().from(runs).where(eq(runs.id, id))
  return row ? view(database, row) : null
}

/** Reads up to `limit` runs with ids below `before`, newest first. */
export async function readRuns(database: Database, before: number, limit: number): Promise<Run[]> {
  const rows = await database.orm
    .select()
    .from(runs)
    .where(lt(runs.id, before))
    .orderBy(desc(runs.id))
    .limit(limit)
  return Promise.all(rows.map(row => view(database, row)))
}

async function view(database: Database, row: typeof runs.$inferSelect): Promise<Run> {
  const errors =
    row.failed === 0
      ? []
      : await database.orm
          .select({ user_id: accounts.userId, reason: accounts.failure })
          .from(accounts)
          .where(and(eq(accounts.runId, row.id), eq(accounts.state, 'failed')))
          .limit(errorsShown)
  const seconds = Math.max(0.001, ((row.finishedAt ?? new Date()).getTime() - row.startedAt.getTime()) / 1000)
  return {
    id: String(row.id),
    state: row.state,
    total: row.total,
    done: row.done,
    failed: row.failed,
    started_at: legacyTime(row.startedAt),
    finished_at: row.finishedAt ? legacyTime(row.finishedAt) : null,
    users_per_second: Math.round(((row.done + row.failed) / seconds) * 10) / 10,
    errors: errors.map(({ user_id, reason }) => ({ user_id, reason: reason ?? 'unknown' })),
  }
}
