import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Failpoint } from '../../durable/failpoints.ts'
import type { Activation } from '../../users/activation.ts'
import { batchSize, type Candidate, type RegisterBatch } from '../register-batch.ts'
import { createRecorder } from './recorder.ts'
import type { RunStore } from './store.ts'

/** A claim is what the vendor's pace allows in this time: small, since a dead process holds it until it expires. */
const paceOfClaimMs = 100
const maxBatchesPerClaim = 10
/** As long as a batch takes no longer than this, recording included, the concurrency suffices for the vendor's pace. */
const batchMs = 250
const maxConcurrency = 40
const idleMs = 1000
const waitMs = 300

/** Registers the users of the running run; every worker process has one. */
export interface RunWorker {
  /** Starts to look for runs. */
  start(): void
  /** Looks for a run at once instead of within a second. */
  wake(): void
  /** Releases claims that are not sent yet, waits up to `timeoutMs` for the batches that are, and releases the rest. */
  stop(timeoutMs: number): Promise<void>
}

/** What the worker needs. */
export interface RunWorkerOptions {
  readonly store: RunStore
  readonly registerBatch: RegisterBatch
  readonly activation: Pick<Activation, 'deactivateDeleted'>
  /** The pace towards the vendor. */
  readonly callsPerSecond: number
  readonly log: Logger
  readonly failpoint: Failpoint
}

/** Makes a worker that looks for runs every second, so that a run continues when the process that started it has died. */
export function createRunWorker(options: RunWorkerOptions): RunWorker {
  const { store, registerBatch, activation, callsPerSecond, log, failpoint } = options
  // No more than the vendor's pace allows, since a batch that waits too long for its slot fails.
  const callsIn = (ms: number) => Math.ceil((callsPerSecond * ms) / 1000)
  const concurrency = Math.min(maxConcurrency, Math.max(2, callsIn(batchMs)))
  const claimSize = batchSize * Math.min(maxBatchesPerClaim, callsIn(paceOfClaimMs))
  const stopping = Promise.withResolvers<void>()
  let stopped = false
  let sleeper = new AbortController()
  let loop: Promise<void> = Promise.resolve()
  const underWay = new Map<Promise<void>, readonly Candidate[]>()

  const recorder = createRecorder(async result => {
    await activation.deactivateDeleted(result.registered)
    await store.record(result)
  })

  async function pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: sleeper.signal }).catch(() => undefined)
    sleeper = new AbortController()
  }

  async function claim(run: number): Promise<Candidate[] | null> {
    const fresh = await store.claimFresh(run, claimSize)
    if (fresh === null || fresh.length > 0) return fresh
    return store.claimAgain(run, claimSize)
  }

  async function batch(run: number, candidates: readonly Candidate[]): Promise<void> {
    try {
      failpoint('run.claimed')
      const result = await registerBatch(candidates, 'bulk')
      failpoint('run.registered')
      await recorder.record(result)
    } catch (error) {
      // The users are claimed again when their claim expires.
      log.warn({ run, err: error }, 'a registration batch failed and will be retried')
    }
  }

  /** Registers users until none can be claimed; true when the run may get more. */
  async function drive(run: number): Promise<boolean> {
    failpoint('run.started')
    // The next users are claimed while the vendor registers the last ones.
    let next = claim(run)
    for (;;) {
      const claimed = await next
      if (claimed === null || claimed.length === 0) {
        await Promise.all(underWay.keys())
        if (claimed && !stopped) await store.finish(run)
        return claimed !== null && !stopped
      }
      next = stopped ? Promise.resolve([]) : claim(run)
      // The loop awaits it later and handles its failure then.
      next.catch(() => undefined)
      for (let at = 0; at < claimed.length; at += batchSize) {
        while (underWay.size >= concurrency && !stopped)
          await Promise.race([stopping.promise, ...underWay.keys()])
        if (stopped) {
          await store.releaseClaims(claimed.slice(at))
          break
        }
        const candidates = claimed.slice(at, at + batchSize)
        const work = batch(run, candidates).finally(() => underWay.delete(work))
        underWay.set(work, candidates)
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        const running = await store.running()
        if (running !== null && (await drive(running)))
          await pause((await store.running()) === running ? waitMs : 0)
        else await pause(idleMs)
      } catch (error) {
        log.warn({ err: error }, 'the run worker failed and will retry')
        await pause(idleMs)
      }
    }
  }

  return {
    start() {
      loop = run()
    },
    wake: () => sleeper.abort(),
    async stop(timeoutMs) {
      stopped = true
      stopping.resolve()
      sleeper.abort()
      await Promise.race([loop, delay(timeoutMs, undefined, { ref: false })])
      await store.releaseClaims([...underWay.values()].flat())
    },
  }
}
