import type { Sleep } from '../options.ts'
import { ArrivalTimes } from './arrival-times.ts'
import type { PaceStore } from './pace-store.ts'

const STORE_PATIENCE_MS = 1_000
const USABLE_LATE_MS = 200

export type SlotsOptions = {
  limitClass: string
  /** Shared with other processes; undefined: this client alone. */
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  onStoreFailure: (error: unknown) => void
}

/** The slots of one limit class that this process holds, from the shared store or, without or instead of one, of its own. */
export class Slots {
  readonly #options: SlotsOptions
  readonly #own = new ArrivalTimes()
  #times: number[] = []

  constructor(options: SlotsOptions) {
    this.#options = options
  }

  get held(): number {
    return this.#times.length
  }

  /** When `cost` calls may go out together; undefined when too few slots are held. Forgets those that nobody used in time. */
  readyAt(cost: number, now: number): number | undefined {
    const times = this.#times
    let late = 0
    // What counts is the last slot a call needs: at a slow pace the first ones wait for it.
    const lastOf = (first: number) => times[Math.min(first + cost, times.length) - 1] ?? now
    while (late < times.length && lastOf(late) < now - USABLE_LATE_MS) late++
    if (late > 0) times.splice(0, late)
    return times[cost - 1]
  }

  spend(cost: number): void {
    this.#times.splice(0, cost)
  }

  /** Spends `cost` slots that are held and ready; false when there are too few. */
  spendReady(cost: number, now: number): boolean {
    const ready = this.readyAt(cost, now)
    if (ready === undefined || ready > now) return false
    this.spend(cost)
    return true
  }

  /** One slot right now, when there is no store to ask and the pace allows it. */
  takeAtOnce(perSecond: number, cost: number, now: number): boolean {
    const { limitClass, store } = this.#options
    if (store !== undefined || this.#times.length > 0 || !this.#own.isFree(limitClass, now)) return false
    this.#own.take(limitClass, now, perSecond, cost)
    return true
  }

  /** Gets `count` more, from the store when it answers. */
  async reserve(perSecond: number, count: number): Promise<void> {
    const { clock, limitClass } = this.#options
    const shared = await this.#ask(perSecond, count)
    const now = clock()
    const start =
      shared === undefined ? this.#own.take(limitClass, now, perSecond, count) : now + shared.startInMs
    const intervalMs = shared?.intervalMs ?? 1000 / perSecond
    for (let slot = 0; slot < count; slot++) this.#times.push(start + slot * intervalMs)
  }

  /** Gives up what is held, and asks for none before `pauseMs` from now. */
  pause(pauseMs: number): void {
    const { store, limitClass, clock, onStoreFailure } = this.#options
    this.#times = []
    this.#own.pause(limitClass, clock() + pauseMs)
    store?.slowDown?.(limitClass, pauseMs).catch(onStoreFailure)
  }

  async #ask(
    perSecond: number,
    count: number,
  ): Promise<Awaited<ReturnType<PaceStore['reserve']>> | undefined> {
    const { limitClass, store, sleep, onStoreFailure } = this.#options
    if (store === undefined) return undefined
    const patience = new AbortController()
    try {
      const timeout = sleep(STORE_PATIENCE_MS, patience.signal).then(
        () => Promise.reject(new Error(`no answer within ${STORE_PATIENCE_MS} ms`)),
        () => new Promise<never>(() => {}),
      )
      return await Promise.race([store.reserve(limitClass, perSecond, count), timeout])
    } catch (error) {
      onStoreFailure(error)
      return undefined
    } finally {
      patience.abort()
    }
  }
}
