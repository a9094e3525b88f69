import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobResult, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database, Executor } from '../db/database.ts'
import type { Failpoint } from './failpoints.ts'

/** Does one job. Throwing sends it back, to be tried again with a growing delay, and in the end to the dead ones. */
export type JobHandler = (data: unknown) => Promise<void>

/** Durable jobs on the gateway's own database: a queue for each handler, and `dead` for the jobs that were given up. */
export interface Queue<Name extends string> {
  /** Opens the queue for sending. */
  open(): Promise<void>
  /** Starts working. */
  work(): Promise<void>
  /** Waits up to `timeoutMs` for running jobs; what is not done by then goes back. */
  close(timeoutMs: number): Promise<void>
  /** Enqueues jobs in the transaction of the change that causes them. */
  send(tx: Executor, name: Name, jobs: readonly object[]): Promise<void>
  /** Jobs to be done, and jobs given up. */
  depth(): Promise<{ waiting: number; dead: number }>
  /** Brings the dead back to their queues; resolves to how many. */
  retryDead(): Promise<number>
}

const deadName = 'dead'
const jobsAtOnce = 10
const anyRow = z.record(z.string(), z.unknown())
const count = z.object({ dead: z.int(), waiting: z.int() })

/** About ten hours of tries: a vendor that is down for a night loses nothing. */
const patience = { retryLimit: 20, retryDelay: 1, retryBackoff: true, retryDelayMax: 3600 }
/** Ten years. What waits, or was given up, is thrown away after two weeks by default. */
const retention = { retentionSeconds: 10 * 365 * 24 * 3600 }
const retriedAtOnce = 1000

/** What the queue runs on. */
export interface QueueOptions<Name extends string> {
  readonly database: Database
  readonly log: Logger
  readonly failpoint: Failpoint
  readonly handlers: Readonly<Record<Name, JobHandler>>
  /** When a job counts as abandoned by a process that has died; a try takes ten seconds at most. */
  readonly expireInSeconds: number
}

/** pg-boss on PGlite or Postgres. */
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
      const settings = { ...patience, ...retention, expireInSeconds, deadLetter: deadName }
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
                log.warn({ queue: name, job: id, err: error }, 'job failed, to be tried again')
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
        const moved = await boss.redrive(deadName, { limit: retriedAtOnce })
        all += moved
        if (moved < retriedAtOnce) return all
      }
    },
  }
}
