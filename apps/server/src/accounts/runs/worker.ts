import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Failpoint } from '../../durable/failpoints.ts'
import type { Activation } from '../../users/activation.ts'
import { batchSize, type Candidate, type RegisterBatch } from '../register-batch.ts'
import { createRecorder } from './recorder.ts'
import type { RunStore } from './store.ts'

/** A claim lasts this long at the vendor, so that little goes on after a run is cancelled or a process has died. */
const claimMs = 100
const batchesAClaim = 10
/** How long a batch may take, from its turn to its record, for the vendor's pace to be kept. */
const batchMs = 250
const lanesAtMost = 40
const idleMs = 1000
const waitMs = 300

/** Works on whatever run is going, together with every other process. */
export interface RunWorker {
  start(): void
  /** Looks for a run at once instead of within a second. */
  wake(): void
  /** Hands back what is not begun, finishes the batches under way, and hands back what takes longer than `timeoutMs`. */
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

/** A worker that finds runs by itself, so a run goes on after any process has died. */
export function createRunWorker(options: RunWorkerOptions): RunWorker {
  const { store, registerBatch, activation, callsPerSecond, log, failpoint } = options
  // No more than the pace lets go: a batch that waits long for its turn may be given up before it comes.
  const callsIn = (ms: number) => Math.ceil((callsPerSecond * ms) / 1000)
  const lanes = Math.min(lanesAtMost, Math.max(2, callsIn(batchMs)))
  const claimSize = batchSize * Math.min(batchesAClaim, callsIn(claimMs))
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
      // The claim lapses by itself, and the users come back.
      log.warn({ run, err: error }, 'a batch failed, to be tried again')
    }
  }

  /** Keeps all lanes busy until nothing can be claimed; true while the run may have more. */
  async function drive(run: number): Promise<boolean> {
    failpoint('run.started')
    // The next claim is made while the last one is at the vendor.
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
        while (underWay.size >= lanes && !stopped) await Promise.race([stopping.promise, ...underWay.keys()])
        if (stopped) {
          await store.handBack(claimed.slice(at))
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
        const going = await store.going()
        if (going !== null && (await drive(going))) await pause((await store.going()) === going ? waitMs : 0)
        else await pause(idleMs)
      } catch (error) {
        log.warn({ err: error }, 'the run worker could not go on, trying again')
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
      await store.handBack([...underWay.values()].flat())
    },
  }
}
