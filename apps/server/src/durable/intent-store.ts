import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, Executor } from '../db/database.ts'

/** A row of the table of intents. `payload` is null while its writer prepares it. */
export const intentRow = z.object({
  subject: z.string(),
  id: z.string(),
  kind: z.string(),
  payload: z.unknown(),
  attempts: z.int(),
})
/** See {@link intentRow}. */
export type IntentRow = z.infer<typeof intentRow>

const columns = sql.raw('subject, id::text as id, kind, payload, attempts')
const anything = z.object({}).loose()

/** A claim on an intent. A new one increments `attempts`, so that the statements of earlier ones change nothing. */
export interface Claim {
  readonly id: string
  /** The fencing token. */
  readonly attempts: number
}

/**
 * The statements on the table of intents, each one atomic. They use the database's clock, since the clocks of several
 * processes differ.
 *
 * @param holder the id of this process
 * @param leaseMs ms that a claim lasts without renewal
 */
export function intentStore(database: Database, holder: string, leaseMs: number) {
  const lease = sql`now() + ${leaseMs} * interval '1 millisecond'`
  const is = ({ id, attempts }: Claim) => sql`id = ${id} and attempts = ${attempts}`
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
    async setPayload(claim: Claim, payload: unknown): Promise<boolean> {
      const set = await database.rows(
        anything,
        sql`update intents set payload = ${JSON.stringify(payload)}, lease_until = ${lease}
            where ${is(claim)} returning subject`,
      )
      return set.length > 0
    },
    /** Claims a subject's intent if its lease has expired. `free`: there is none; `busy`: another process holds it. */
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
    /** Claims intents whose leases have expired, oldest first; no two processes claim the same one. */
    claimExpired: (limit: number): Promise<IntentRow[]> =>
      database.rows(
        intentRow,
        sql`update intents set ${claimed} where subject in (
              select subject from intents where lease_until < now() order by lease_until
              limit ${limit} for update skip locked)
            returning ${columns}`,
      ),
    /** Releases an intent to be retried after a pause that doubles with every attempt, up to a minute. */
    async release(claim: Claim, failure: string): Promise<void> {
      await database.rows(
        anything,
        sql`update intents set holder = null, failure = ${failure},
              lease_until = now() + least(60, power(2, least(attempts, 6))) * interval '0.5 second'
            where ${is(claim)}`,
      )
    },
    /** Deletes the intent; true when the claim was still valid. Only the process that deletes an intent completes it. */
    async remove(claim: Claim, tx?: Executor): Promise<boolean> {
      const removed = await database.rows(
        anything,
        sql`delete from intents where ${is(claim)} returning subject`,
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
    async expireAll(): Promise<void> {
      await database.rows(anything, sql`update intents set holder = null, lease_until = now()`)
    },
  }
}

/** See {@link intentStore}. */
export type IntentStore = ReturnType<typeof intentStore>
