import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { arrayLiteral } from '../../db/array-literal.ts'
import { type Database, schema } from '../../db/database.ts'
import { type Keyring, newPassword } from '../keyring.ts'
import type { Candidate, RegistrationResult } from '../register-batch.ts'

const { runs } = schema
const idRow = z.object({ id: z.string() })
const foundRow = z.object({ id: z.string().nullable() })
const candidate = z.object({ userId: z.string(), password: z.string() })
/**
 * A request that inserted a row and has not registered its user by then has most likely died. Where it lives, both set the
 * same committed password.
 */
const orphanAfterSeconds = 12

/**
 * The statements on registration runs and their accounts. Each method is atomic, and any number of processes may call it
 * at once.
 *
 * @param claimMs ms that a claim on users lasts
 */
export function runStore(database: Database, keyring: Keyring, claimMs: number) {
  const claimEnd = sql`now() + ${claimMs} * interval '1 millisecond'`
  const withPassword = (userId: string) => {
    const plain = newPassword()
    return { userId, password: keyring.encrypt(plain, userId), plain }
  }
  /** Moves the position over the next users, and claims those whom no request has inserted meanwhile. */
  const claimNext = (run: number, limit: number) =>
    database.orm.transaction(async (tx): Promise<{ found: number; claimed: Candidate[] } | null> => {
      // `offset 0` makes Postgres look accounts up by key. Otherwise it plans a merge join, which reads every account
      // before the position for every claim: 290 ms instead of 1 with half a million accounts.
      const found = await database.rows(
        foundRow,
        sql`with running as (select position from runs where id = ${run} and state = 'running' for update)
            select next.id::text as id from running left join lateral (
              select u.id from users u
              left join lateral (select 1 as has from accounts where user_id = u.id offset 0) a on true
              where u.id > running.position and u.deleted_at is null and a.has is null
              order by u.id limit ${limit}) as next on true
            order by next.id`,
        tx,
      )
      if (found.length === 0) return null
      const fresh = found.flatMap(({ id }) => (id === null ? [] : withPassword(id)))
      const last = fresh.at(-1)
      if (!last) return { found: 0, claimed: [] }
      const taken = await database.rows(
        idRow,
        sql`with moved as (update runs set position = ${last.userId} where id = ${run})
            insert into accounts (user_id, state, password, run_id, claimed_until)
            select id, 'pending', password, ${run}, ${claimEnd}
            from unnest(${list(fresh.map(({ userId }) => userId))}::bigint[], ${list(fresh.map(({ password }) => password))}::text[]) as f (id, password)
            on conflict do nothing returning user_id::text as id`,
        tx,
      )
      const mine = new Set(taken.map(({ id }) => id))
      return { found: fresh.length, claimed: fresh.filter(({ userId }) => mine.has(userId)) }
    })
  return {
    /**
     * Starts a run for all users without an account, unless one is running. Resolves to the id of the running one; null
     * when that has ended meanwhile.
     */
    async start(): Promise<number | null> {
      return database.orm.transaction(async tx => {
        const [started] = await database.rows(
          idRow,
          sql`insert into runs (state, total)
              select 'running', count(*) from users u left join accounts a on a.user_id = u.id
              where u.deleted_at is null and (a.user_id is null or a.state <> 'registered')
              on conflict do nothing returning id::text as id`,
          tx,
        )
        if (started) {
          const id = Number(started.id)
          await tx.execute(sql`
            update accounts a set state = 'pending', run_id = ${id}, attempts = 0, failure = null,
              claimed_until = case when a.claimed_until > now() then a.claimed_until end
            from users u where u.id = a.user_id and u.deleted_at is null and a.state <> 'registered'`)
          return id
        }
        const [running] = await tx.select({ id: runs.id }).from(runs).where(eq(runs.state, 'running'))
        return running?.id ?? null
      })
    },
    /** The id of the running run, or null. */
    async running(): Promise<number | null> {
      const [run] = await database.orm.select({ id: runs.id }).from(runs).where(eq(runs.state, 'running'))
      return run?.id ?? null
    },
    /**
     * Claims the next users after the run's position, and commits new passwords for them. The run's row is locked
     * meanwhile, so that no two processes claim the same users. Empty: no user is left after the position. Null: the run
     * has ended.
     */
    async claimFresh(run: number, limit: number): Promise<Candidate[] | null> {
      for (;;) {
        const next = await claimNext(run, limit)
        // Requests may have inserted all of them meanwhile: then there may be others behind them.
        if (next === null) return null
        if (next.claimed.length > 0 || next.found === 0) return next.claimed
      }
    },
    /** Releases claims, so that other processes can claim these users at once; those the vendor has are adopted then. */
    async releaseClaims(candidates: readonly Candidate[]): Promise<void> {
      if (candidates.length === 0) return
      await database.rows(
        z.unknown(),
        sql`update accounts set claimed_until = null
            where user_id = any(${list(candidates.map(({ userId }) => userId))}::bigint[]) and state = 'pending'`,
      )
    },
    /** Claims `pending` users whose claim has expired: their process has died, or their last attempt was lost. */
    claimAgain: (run: number, limit: number): Promise<Candidate[]> =>
      database.rows(
        candidate,
        sql`update accounts set claimed_until = ${claimEnd}, attempts = least(attempts + 1, 1000) where user_id in (
              select user_id from accounts where run_id = ${run} and state = 'pending'
                and (claimed_until is null or claimed_until < now())
                and exists (select 1 from runs where id = ${run} and state = 'running')
              order by user_id limit ${limit} for update skip locked)
            returning user_id::text as "userId", password`,
      ),
    /**
     * Records the results of batches. Each user is counted once, and in the run that the row names now, since a batch of a
     * cancelled run may end after the next run has started.
     */
    async record({ registered, refused, lost }: RegistrationResult): Promise<void> {
      const done = list(registered)
      const failedIds = list(refused.map(({ userId }) => userId))
      const failures = list(refused.map(({ reason }) => reason))
      const again = list(lost.map(({ userId }) => userId))
      await database.rows(
        z.unknown(),
        sql`with ok as (
              update accounts set state = 'registered', failure = null, claimed_until = null, changed_at = now()
              where user_id = any(${done}::bigint[]) and (state = 'pending' or claimed_until is not null)
              returning run_id, 1 as done, 0 as failed),
            bad as (
              update accounts a set state = 'failed', failure = f.reason, claimed_until = null, changed_at = now()
              from unnest(${failedIds}::bigint[], ${failures}::text[]) as f (id, reason)
              where a.user_id = f.id and a.state = 'pending' returning a.run_id, 0 as done, 1 as failed),
            later as (
              update accounts set claimed_until = now() + least(60, power(2, least(attempts, 6))) * interval '1 second'
              where user_id = any(${again}::bigint[]) and state = 'pending')
            update runs r set done = r.done + n.done, failed = r.failed + n.failed
            from (select run_id, sum(done)::int as done, sum(failed)::int as failed
                  from (select * from ok union all select * from bad) as ended group by run_id) as n
            where r.id = n.run_id`,
      )
    },
    /**
     * Ends the run when no user is left. Users whom a request has registered meanwhile count as done. The run waits for
     * users whom a request is registering; those whose request has died are added to it.
     */
    async finish(run: number): Promise<void> {
      await database.rows(
        z.unknown(),
        sql`with orphans as (
              update accounts a set run_id = ${run}, attempts = 0, claimed_until = null from users u
              where a.run_id is null and a.state = 'pending' and u.id = a.user_id and u.deleted_at is null
                and a.changed_at < now() - ${orphanAfterSeconds} * interval '1 second'
                and exists (select 1 from runs where id = ${run} and state = 'running')
              returning 1)
            update runs set state = 'done', finished_at = now(), failed = f.failed, done = total - f.failed
            from (select count(*) as failed from accounts where run_id = ${run} and state = 'failed') f
            where id = ${run} and state = 'running' and not exists (select 1 from orphans)
              and not exists (select 1 from accounts where run_id = ${run} and state = 'pending')
              and not exists (select 1 from accounts a join users u on u.id = a.user_id
                              where a.run_id is null and a.state = 'pending' and u.deleted_at is null)`,
      )
    },
    /** Expires the claims of all processes. Only for a process that knows that it is the only one. */
    async expireClaims(): Promise<void> {
      await database.rows(
        z.unknown(),
        sql`update accounts set claimed_until = null where state = 'pending' and claimed_until is not null`,
      )
    },
    async cancel(run: number): Promise<void> {
      await database.orm
        .update(runs)
        .set({ state: 'cancelled', finishedAt: sql`now()` })
        .where(and(eq(runs.id, run), eq(runs.state, 'running')))
    },
  }
}

const list = (values: readonly string[]) => sql.param(arrayLiteral(values))
/** See {@link runStore}. */
export type RunStore = ReturnType<typeof runStore>
