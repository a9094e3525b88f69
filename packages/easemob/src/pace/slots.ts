import type { Sleep } from '../options.ts'
import { ArrivalTimes } from './arrival-times.ts'
import type { PaceStore, Reservation } from './pace-store.ts'

const STORE_TIMEOUT_MS = 1_000
/** A slot unused for this long expires. */
const EXPIRES_AFTER_MS = 200

/** `onStoreFailure` is called each time the store rejects or does not answer in time. */
export type SlotsOptions = {
  limitClass: string
  /** Shares slots with other processes; undefined: this client paces itself alone. */
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  onStoreFailure: (error: unknown) => void
}

/** The reserved slots of one limit class. They come from the shared store; without a store, or while it fails, from this client's own count. */
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

  /** When a call of `cost` slots may be sent; undefined when fewer are held. Removes expired slots. */
  readyAt(cost: number, now: number): number | undefined {
    const times = this.#times
    let expired = 0
    // A call is sent at its last slot, so that slot decides: at a slow pace the first ones are older than the limit by then.
    const lastOf = (first: number) => times[Math.min(first + cost, times.length) - 1] ?? now
    while (expired < times.length && lastOf(expired) < now - EXPIRES_AFTER_MS) expired++
    if (expired > 0) times.splice(0, expired)
    return times[cost - 1]
  }

  /** Removes the slots that a call uses. */
  spend(cost: number): void {
    this.#times.splice(0, cost)
  }

  /** Spends `cost` held slots if their time has come; else returns false. */
  spendReady(cost: number, now: number): boolean {
    const ready = this.readyAt(cost, now)
    if (ready === undefined || ready > now) return false
    this.spend(cost)
    return true
  }

  /** Takes `cost` slots without waiting, when there is no store and the pace allows it now; else returns false. */
  takeAtOnce(perSecond: number, cost: number, now: number): boolean {
    const { limitClass, store } = this.#options
    if (store !== undefined || this.#times.length > 0 || !this.#own.isFree(limitClass, now)) return false
    this.#own.take(limitClass, now, perSecond, cost)
    return true
  }

  /** Reserves `count` more slots, from the store if it answers in time. */
  async reserve(perSecond: number, count: number): Promise<void> {
    const { clock, limitClass } = this.#options
    const shared = await this.#ask(perSecond, count)
    const now = clock()
    const start =
      shared === undefined ? this.#own.take(limitClass, now, perSecond, count) : now + shared.startInMs
    const intervalMs = shared?.intervalMs ?? 1000 / perSecond
    for (let slot = 0; slot < count; slot++) this.#times.push(start + slot * intervalMs)
  }

  /** Drops the held slots and starts no slot before `pauseMs` from now. */
  pause(pauseMs: number): void {
    const { store, limitClass, clock, onStoreFailure } = this.#options
    this.#times = []
    this.#own.pause(limitClass, clock() + pauseMs)
    store?.slowDown?.(limitClass, pauseMs).catch(onStoreFailure)
  }

  /** The store's answer; undefined without a store, and when it fails or takes too long. */
  async #ask(perSecond: number, count: number): Promise<Reservation | undefined> {
    const { limitClass, store, sleep, onStoreFailure } = this.#options
    if (store === undefined) return undefined
    const deadline = new AbortController()
    try {
      const timeout = sleep(STORE_TIMEOUT_MS, deadline.signal).then(
        () => Promise.reject(new Error(`no answer within ${STORE_TIMEOUT_MS} ms`)),
        () => new Promise<never>(() => {}),
      )
      return await Promise.race([store.reserve(limitClass, perSecond, count), timeout])
    } catch (error) {
      onStoreFailure(error)
      return undefined
    } finally {
      deadline.abort()
    }
  }
}
