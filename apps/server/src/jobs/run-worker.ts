import { setTimeout as delay } from 'node:timers/promises'
import type { Services } from '../context.ts'
import { type Candidate, callVendor } from './registration.ts'
import type { RunStore } from './run-store.ts'

const batchSize = 60
const claimSize = 600
/** Batches under way in one process: enough to keep the vendor's pace at a latency of 200 ms. */
const lanes = 20
const idleMs = 1000
const waitMs = 300

/** Works on whatever run is going, together with every other process. */
export interface RunWorker {
  start(): void
  /** Looks for a run at once instead of within a second. */
  wake(): void
  /** Finishes the batches under way; what is claimed and not begun is taken up again by others. */
  stop(): Promise<void>
}

/** A worker that finds runs by itself, so a run goes on after any process has died. */
export function createRunWorker(services: Services, store: RunStore): RunWorker {
  const { log, reached } = services
  let stopping = false
  let sleeper = new AbortController()
  let loop: Promise<void> = Promise.resolve()

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
      reached('run.claimed')
      const result = await callVendor(services, candidates, 'bulk')
      reached('run.registered')
      await store.finishBatch(result)
    } catch (error) {
      // The claim lapses by itself, and the users come back.
      log.warn({ run, err: error }, 'a batch failed, to be tried again')
    }
  }

  /** Keeps all lanes busy until nothing can be claimed; true while the run may have more. */
  async function drive(run: number): Promise<boolean> {
    const underWay = new Set<Promise<void>>()
    reached('run.started')
    while (!stopping) {
      const claimed = await claim(run)
      if (claimed === null || claimed.length === 0) {
        await Promise.all(underWay)
        if (claimed) await store.finish(run)
        return claimed !== null
      }
      for (let at = 0; at < claimed.length; at += batchSize) {
        while (underWay.size >= lanes) await Promise.race(underWay)
        const work = batch(run, claimed.slice(at, at + batchSize)).finally(() => underWay.delete(work))
        underWay.add(work)
      }
    }
    await Promise.all(underWay)
    return false
  }

  async function run(): Promise<void> {
    while (!stopping) {
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
    async stop() {
      stopping = true
      sleeper.abort()
      await loop
    },
  }
}
