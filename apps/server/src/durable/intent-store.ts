import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, Executor } from '../db/connect.ts'

/** An intent as its row says. `payload` is null while its writer is still preparing it. */
export const intentRow = z.object({
  subject: z.string(),
  id: z.string(),
  kind: z.string(),
  payload: z.unknown(),
  attempts: z.int(),
})
export type IntentRow = z.infer<typeof intentRow>

const columns = sql.raw('subject, id::text as id, kind, payload, attempts')
const anything = z.object({}).loose()

/** One holder's turn at an intent: every claim counts it up, so whoever has lost it can no longer change the row. */
export interface Turn {
  readonly id: string
  readonly attempts: number
}

/**
 * The statements on the table of intents, each one atomic. Times are the database's own, so that the clocks of
 * several processes need not agree. `holder` is the process, `leaseMs` how long it holds without renewing.
 */
export function intentStore(database: Database, holder: string, leaseMs: number) {
  const lease = sql`now() + ${leaseMs} * interval '1 millisecond'`
  const is = ({ id, attempts }: Turn) => sql`id = ${id} and attempts = ${attempts}`
  const claimed = sql`holder = ${holder}, lease_until = ${lease}, attempts = intents.attempts + 1`
  return {
    /** False when the subject already has an intent. */
    async insert(row: Omit<IntentRow, 'attempts'>, tx?: Executor): Promise<boolean> {
      const inserted = await database.rows(
        anything,
        sql`insert into intents (subject, id, kind, payload, holder, lease_until)
            values (${row.subject}, ${row.id}, ${row.kind}, ${JSON.stringify(row.payload)}, ${holder}, ${lease})
            on conflict (subject) do nothing returning subject`,
        tx,
      )
      return inserted.length > 0
    },
    /** False when another process has taken over. */
    async setPayload(turn: Turn, payload: unknown): Promise<boolean> {
      const set = await database.rows(
        anything,
        sql`update intents set payload = ${JSON.stringify(payload)}, lease_until = ${lease}
            where ${is(turn)} returning subject`,
      )
      return set.length > 0
    },
    /** What stands in a subject's way: `free` is gone, `claimed` has been left behind and is ours now. */
    async claimSubject(
      subject: string,
    ): Promise<{ state: 'free' | 'busy' } | { state: 'claimed'; row: IntentRow }> {
      const [row] = await database.rows(
        intentRow,
        sql`update intents set ${claimed}
            where subject = ${subject} and (holder is null or lease_until < now()) returning ${columns}`,
      )
      if (row) return { state: 'claimed', row }
      const held = await database.rows(
        anything,
        sql`select 1 as held from intents where subject = ${subject}`,
      )
      return { state: held.length > 0 ? 'busy' : 'free' }
    },
    /** Intents whose time has come, oldest first, each given to one process only. */
    claimLeftBehind: (limit: number): Promise<IntentRow[]> =>
      database.rows(
        intentRow,
        sql`update intents set ${claimed} where subject in (
              select subject from intents where lease_until < now() order by lease_until
              limit ${limit} for update skip locked)
            returning ${columns}`,
      ),
    /** Gives an intent back, to be tried again after a while that doubles with every attempt, up to a minute. */
    async release(turn: Turn, failure: string): Promise<void> {
      await database.rows(
        anything,
        sql`update intents set holder = null, failure = ${failure},
              lease_until = now() + least(60, power(2, least(attempts, 6))) * interval '0.5 second'
            where ${is(turn)}`,
      )
    },
    /** True when the turn was still ours: whoever removes the intent completes it. */
    async remove(turn: Turn, tx?: Executor): Promise<boolean> {
      const removed = await database.rows(
        anything,
        sql`delete from intents where ${is(turn)} returning subject`,
        tx,
      )
      return removed.length > 0
    },
    async renew(ids: readonly string[]): Promise<void> {
      await database.rows(
        anything,
        sql`update intents set lease_until = ${lease}
            where holder = ${holder} and id = any(${sql.param(`{${ids.join(',')}}`)}::uuid[])`,
      )
    },
    async disownAll(): Promise<void> {
      await database.rows(anything, sql`update intents set holder = null, lease_until = now()`)
    },
  }
}
