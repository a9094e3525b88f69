import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { lt, sql } from 'drizzle-orm'
import { recoverAudit } from '../access/audit.ts'
import { type RunStore, runStore } from '../accounts/runs/store.ts'
import { createRunWorker, type RunWorker } from '../accounts/runs/worker.ts'
import { adoptAccount, changePassword } from '../accounts/writes/change-password.ts'
import { type Executor, schema } from '../db/database.ts'
import { erase } from '../durable/durable-write.ts'
import { createIntents, type Intents } from '../durable/intents.ts'
import { createQueue, type Queue } from '../durable/queue.ts'
import { jobHandlers } from '../groups/notice-job.ts'
import type { Notices } from '../groups/notices.ts'
import { createGroup } from '../groups/writes/create.ts'
import { addMembers, removeMembers } from '../groups/writes/members.ts'
import { deleteGroup, updateGroup } from '../groups/writes/update.ts'
import type { Core, Services } from '../request.ts'

/** Everything durable: intents, queued jobs and registration runs. */
export interface Jobs {
  readonly intents: Intents
  readonly kinds: ReturnType<typeof intentKinds>
  readonly queue: Queue
  readonly runs: RunStore
  /** Makes a run that was just started begin at once in this process. */
  wakeRuns(): void
  /** Brings IM accounts in line with `deleted_at`, in the transaction that changed it. */
  syncActivation(tx: Executor, userIds: readonly string[]): Promise<void>
  /** Opens the queue; with `work`, starts workers and recovery, too. Where it has thrown, it may be called again. */
  start(work: boolean): Promise<void>
  /**
   * Finishes what runs within `timeoutMs` and hands the rest back.
   * @param requests ends when no request can begin an intent any more, within about `timeoutMs`
   */
  stop(timeoutMs: number, requests?: Promise<unknown>): Promise<void>
}

const recoverEveryMs = 1000
const idempotencyHours = 24
/** A batch may wait for its lane and for the vendor's pace; an intent's lease is renewed, a claim is not. */
const leasesPerClaim = 6
/** 15 s, as the lease stands by default. */
const leasesPerJob = 3

function intentKinds(notices: Notices) {
  return {
    createGroup: createGroup(notices),
    updateGroup: updateGroup(notices),
    deleteGroup,
    addMembers: addMembers(notices),
    removeMembers: removeMembers(notices),
    changePassword,
    adoptAccount,
  }
}

/**
 * @param options.leaseMs how long an intent stays with a process that no longer renews it
 * @param options.recovery false leaves what crashes left behind as it is: only for showing that recovery is needed
 */
export function createJobs(core: Core, options: { leaseMs: number; recovery: boolean }): Jobs {
  const { database, log } = core
  const queue = createQueue(core, Math.ceil((options.leaseMs * leasesPerJob) / 1000))
  const kinds = intentKinds({
    send: (tx, notices) =>
      queue.send(
        tx,
        'notice',
        notices.map(notice => ({ id: randomUUID(), ...notice })),
      ),
  })
  const erased = [
    erase(kinds.createGroup),
    erase(kinds.updateGroup),
    erase(kinds.deleteGroup),
    erase(kinds.addMembers),
    erase(kinds.removeMembers),
    erase(kinds.changePassword),
    erase(kinds.adoptAccount),
  ]
  const intents = createIntents(core, erased, options)
  const runs = runStore(database, core.keyring, options.leaseMs * leasesPerClaim)
  let worker: RunWorker | undefined
  let recovering = Promise.resolve()
  const stopping = new AbortController()

  async function recoverForever(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn++) {
      try {
        await recoverAudit(database)
        while ((await intents.recover()) > 0 && !stopping.signal.aborted);
        if (turn % 600 === 0) await forgetOldAnswers()
      } catch (error) {
        log.warn({ err: error }, 'recovery could not go on, trying again')
      }
      await delay(recoverEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  async function forgetOldAnswers(): Promise<void> {
    const { idempotency } = schema
    await database.orm
      .delete(idempotency)
      .where(lt(idempotency.createdAt, sql`now() - ${idempotencyHours} * interval '1 hour'`))
  }

  const jobs: Jobs = {
    intents,
    kinds,
    queue,
    runs,
    wakeRuns: () => worker?.wake(),
    syncActivation: (tx, userIds) =>
      queue.send(
        tx,
        'activation',
        userIds.map(userId => ({ userId })),
      ),
    async start(work) {
      intents.start()
      await queue.open()
      if (!work) return
      if (database.kind === 'pglite' && options.recovery) {
        await intents.disown()
        await runs.disown()
      }
      await queue.work(jobHandlers(core))
      if (options.recovery) recovering = recoverForever()
      const services: Services = { ...core, jobs }
      worker = createRunWorker(services, runs)
      worker.start()
    },
    async stop(timeoutMs, requests) {
      stopping.abort()
      await Promise.all([
        Promise.race([recovering, delay(timeoutMs, undefined, { ref: false })]),
        worker?.stop(timeoutMs),
        queue.close(timeoutMs),
        requests,
      ])
      // What is cut off keeps its lease, which outlasts a call under way: only then may another repeat it.
      intents.stop()
    },
  }
  return jobs
}
