import { setTimeout as delay } from 'node:timers/promises'
import type { Easemob } from '@easemob-gateway/easemob'
import type { Logger } from 'pino'
import { recoverAudit } from '../access/audit.ts'
import type { Keyring } from '../accounts/keyring.ts'
import { createRegisterBatch } from '../accounts/register-batch.ts'
import { createRegistration, type Registration } from '../accounts/registration.ts'
import { type RunStore, runStore } from '../accounts/runs/store.ts'
import { createRunWorker } from '../accounts/runs/worker.ts'
import { adoptAccount } from '../accounts/writes/adopt-account.ts'
import { changePassword } from '../accounts/writes/change-password.ts'
import type { Database, Executor } from '../db/database.ts'
import type { Failpoint } from '../durable/failpoints.ts'
import { createIntents, type Intents } from '../durable/intents.ts'
import { createQueue, type Queue } from '../durable/queue.ts'
import type { Env } from '../env.ts'
import type { Idempotency } from '../groups/idempotency.ts'
import { createNoticeJob } from '../groups/notice-job.ts'
import { createNotices, type Notices } from '../groups/notices.ts'
import { createGroup } from '../groups/writes/create.ts'
import { deleteGroup } from '../groups/writes/delete.ts'
import { addMembers, removeMembers } from '../groups/writes/members.ts'
import { updateGroup } from '../groups/writes/update.ts'
import { type Activation, createActivation, createActivationJob } from '../users/activation.ts'

/** What durable work needs. */
export interface WorkOptions {
  readonly env: Pick<Env, 'intentLeaseMs' | 'recovery' | 'callsPerSecond'>
  readonly database: Database
  /** The client that can write. It is passed to durable writes, jobs and registration batches only. */
  readonly vendor: Easemob
  readonly keyring: Keyring
  readonly log: Logger
  readonly failpoint: Failpoint
  readonly idempotency: Idempotency
  readonly forgetGroup: (groupId: string) => void
}

/** Everything durable: writes, queued jobs and registration runs. */
export interface Work {
  readonly writes: ReturnType<typeof registerWrites>
  readonly resolvePending: Intents<Easemob>['resolvePending']
  readonly queue: Queue<'notice' | 'activation'>
  readonly registration: Registration
  readonly activation: Activation
  readonly runs: RunStore
  /** Makes this process look for a run at once, after one has been started. */
  wakeRuns(): void
  /** Opens the queue; with `work`, also starts workers and recovery. May be called again after it has thrown. */
  start(work: boolean): Promise<void>
  /**
   * Waits up to `timeoutMs` for running work and releases the rest to other processes.
   * @param requests resolves when no running request can begin an intent any more, after about `timeoutMs` at most
   */
  stop(timeoutMs: number, requests?: Promise<unknown>): Promise<void>
}

const recoverEveryMs = 1000
const deleteExpiredEvery = 600
/** Claims of a run are not renewed like an intent's lease, although a batch may wait for the vendor's pace. */
const leasesPerClaim = 6
/** 15 s with the default lease. */
const leasesPerJob = 3

/**
 * The registry of durable writes: only a registered write can be run, and every registered write is recovered. A new write
 * is one file in its domain's `writes/` and one line here.
 */
function registerWrites(
  intents: Intents<Easemob>,
  keyring: Keyring,
  notices: Notices,
  forgetGroup: (groupId: string) => void,
) {
  return {
    createGroup: intents.register(createGroup(notices, forgetGroup)),
    updateGroup: intents.register(updateGroup(notices, forgetGroup)),
    deleteGroup: intents.register(deleteGroup(forgetGroup)),
    addMembers: intents.register(addMembers(notices, forgetGroup)),
    removeMembers: intents.register(removeMembers(notices, forgetGroup)),
    changePassword: intents.register(changePassword(keyring)),
    adoptAccount: intents.register(adoptAccount(keyring)),
  }
}

/** Makes the registry of durable writes, the queue and the workers; `start` and `stop` of the result run them. */
export function createWork(options: WorkOptions): Work {
  const { env, database, vendor, keyring, log, failpoint, idempotency } = options
  const leaseMs = env.intentLeaseMs
  const queue = createQueue({
    database,
    log,
    failpoint,
    handlers: { notice: createNoticeJob(vendor), activation: createActivationJob(vendor, database) },
    expireInSeconds: Math.ceil((leaseMs * leasesPerJob) / 1000),
  })
  const enqueue = (name: 'notice' | 'activation') => (tx: Executor, jobs: readonly object[]) =>
    queue.send(tx, name, jobs)
  const activation = createActivation(database, enqueue('activation'))
  const intents = createIntents({ database, log, failpoint, vendor, leaseMs })
  const writes = registerWrites(intents, keyring, createNotices(enqueue('notice')), options.forgetGroup)
  const registerBatch = createRegisterBatch({
    database,
    keyring,
    createMany: vendor.users.createMany,
    adoptAccount: writes.adoptAccount,
  })
  const runs = runStore(database, keyring, leaseMs * leasesPerClaim)
  const worker = createRunWorker({
    ...{ store: runs, registerBatch, activation, log, failpoint },
    callsPerSecond: env.callsPerSecond,
  })
  let recovering = Promise.resolve()
  const stopping = new AbortController()

  async function recoverForever(): Promise<void> {
    for (let round = 0; !stopping.signal.aborted; round++) {
      try {
        await recoverAudit(database)
        while ((await intents.recover()) > 0 && !stopping.signal.aborted);
        if (round % deleteExpiredEvery === 0) await idempotency.deleteExpired()
      } catch (error) {
        log.warn({ err: error }, 'recovery failed and will be retried')
      }
      await delay(recoverEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  return {
    writes,
    resolvePending: intents.resolvePending,
    queue,
    registration: createRegistration({ database, keyring, registerBatch, activation, failpoint }),
    activation,
    runs,
    wakeRuns: worker.wake,
    async start(work) {
      intents.start()
      await queue.open()
      if (!work) return
      if (database.kind === 'pglite' && env.recovery) {
        await intents.expireLeases()
        await runs.expireClaims()
      }
      await queue.work()
      if (env.recovery) recovering = recoverForever()
      worker.start()
    },
    async stop(timeoutMs, requests) {
      stopping.abort()
      await Promise.all([
        Promise.race([recovering, delay(timeoutMs, undefined, { ref: false })]),
        worker.stop(timeoutMs),
        queue.close(timeoutMs),
        requests,
      ])
      // Work that is still running keeps its lease, which outlasts a vendor call, so that no other process repeats the call.
      intents.stop()
    },
  }
}
