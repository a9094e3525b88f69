import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobResult, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database, Executor } from '../db/database.ts'
import type { Failpoint } from './failpoints.ts'

/** Performs one job. A job whose handler throws is retried with a growing delay; after the last retry it is dead. */
export type JobHandler = (data: unknown) => Promise<void>

/** Durable jobs on the gateway's own database: a queue for each handler, and one for dead jobs. */
export interface Queue<Name extends string> {
  /** Creates the queues or updates their settings; after that, jobs can be sent. */
  open(): Promise<void>
  /** Starts to perform jobs. */
  work(): Promise<void>
  /** Waits up to `timeoutMs` for running jobs; those that still run then are returned to their queues. */
  close(timeoutMs: number): Promise<void>
  /** Enqueues jobs in the transaction of the change that causes them. */
  send(tx: Executor, name: Name, jobs: readonly object[]): Promise<void>
  /** Counts the jobs that wait, are retried or run, and the dead ones. */
  depth(): Promise<{ waiting: number; dead: number }>
  /** Moves the dead jobs back to their queues; resolves to how many. */
  retryDead(): Promise<number>
}

const deadName = 'dead'
const jobsAtOnce = 10
const anyRow = z.record(z.string(), z.unknown())
const count = z.object({ dead: z.int(), waiting: z.int() })

/** Retries for about ten hours, so that no job is lost when the vendor is down for a night. */
const retryPolicy = { retryLimit: 20, retryDelay: 1, retryBackoff: true, retryDelayMax: 3600 }
/** Ten years; by default, pg-boss deletes waiting and dead jobs after two weeks. */
const retention = { retentionSeconds: 10 * 365 * 24 * 3600 }
const redriveBatchSize = 1000

/** What the queue needs. */
export interface QueueOptions<Name extends string> {
  readonly database: Database
  readonly log: Logger
  readonly failpoint: Failpoint
  readonly handlers: Readonly<Record<Name, JobHandler>>
  /** Seconds after which a running job counts as abandoned by a process that has died; an attempt takes ten at most. */
  readonly expireInSeconds: number
}

/**
 * A queue by pg-boss, on PGlite or Postgres.
 * @example const queue = createQueue({ database, log, failpoint, handlers: { notice }, expireInSeconds: 15 })
 */
export function createQueue<Name extends string>(options: QueueOptions<Name>): Queue<Name> {
  const { database, log, failpoint, handlers, expireInSeconds } = options
  const boss = new PgBoss({
    db: { executeSql: database.raw },
    backend: database.kind,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
  })
  boss.on('error', error => log.warn({ err: error }, 'queue'))

  return {
    async open() {
      await boss.start()
      const found = new Map((await boss.getQueues()).map(queue => [queue.name, queue]))
      if (!found.has(deadName)) await boss.createQueue(deadName, retention)
      const settings = { ...retryPolicy, ...retention, expireInSeconds, deadLetter: deadName }
      for (const name of Object.keys(handlers)) {
        const queue = found.get(name)
        if (!queue) await boss.createQueue(name, settings)
        else if (!isDeepStrictEqual({ ...queue, ...settings }, queue)) await boss.updateQueue(name, settings)
      }
    },
    async work() {
      const options = { batchSize: jobsAtOnce, pollingIntervalSeconds: 0.5, perJobResults: true } as const
      for (const [name, handler] of Object.entries<JobHandler>(handlers))
        await boss.work(name, options, jobs =>
          Promise.all(
            jobs.map(async ({ id, data }): Promise<JobResult> => {
              try {
                failpoint('job.begun')
                await handler(data)
                failpoint('job.done')
                return { id, status: 'completed' }
              } catch (error) {
                log.warn({ queue: name, job: id, err: error }, 'a job failed and will be retried')
                return { id, status: 'failed' }
              }
            }),
          ),
        )
    },
    close: timeout => boss.stop({ graceful: true, close: false, timeout }),
    async send(tx, name, jobs) {
      if (jobs.length === 0) return
      const db = fromDrizzle(
        { execute: async query => ({ rows: await database.rows(anyRow, sql`${query}`, tx) }) },
        sql,
      )
      await boss.insert(
        name,
        jobs.map(data => ({ data })),
        { db },
      )
    },
    async depth() {
      const [depth] = await database.rows(
        count,
        sql`select count(*) filter (where name = ${deadName})::int as dead,
                   count(*) filter (where name <> ${deadName})::int as waiting
            from pgboss.job where state in ('created', 'retry', 'active')`,
      )
      return depth ?? { waiting: 0, dead: 0 }
    },
    async retryDead() {
      for (let all = 0; ; ) {
        const moved = await boss.redrive(deadName, { limit: redriveBatchSize })
        all += moved
        if (moved < redriveBatchSize) return all
      }
    },
  }
}
