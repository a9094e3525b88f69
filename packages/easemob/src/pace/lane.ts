import type { Budget } from '../call/budget.ts'
import type { EasemobEvent } from '../events.ts'
import type { Sleep } from '../options.ts'
import { createMemoryPaceStore } from './memory-pace-store.ts'
import type { PaceStore, Reservation } from './pace-store.ts'
import { SendLog } from './send-log.ts'
import { SlowDown } from './slow-down.ts'
import { Waiting } from './waiting.ts'

/** Slots a little further apart than the limit says: calls do not travel equally fast, and the vendor counts arrivals. */
const STRETCH = 1.015
const BLOCK_MS = 100
const BLOCK_MOST = 64
const STORE_PATIENCE_MS = 1_000
const USABLE_LATE_MS = 200
const PAUSE_MS = 50
const LONGEST_PAUSE_MS = 60_000
const TIMER_GRAIN_MS = 1
/** Above this a log of a second's calls costs more than it protects; no plan of the vendor comes near. */
const HIGHEST_LOGGED = 2_000

export type LaneOptions = {
  limitClass: string
  perSecond: number
  /** Shared with other processes; undefined: this client alone. */
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  emit: ((event: EasemobEvent) => void) | undefined
}

/** The pace of one limit class: calls wait here for their slot. */
export class Lane {
  readonly #options: LaneOptions
  readonly #alone: Required<PaceStore>
  readonly #waiting = new Waiting()
  readonly #slowDown = new SlowDown()
  readonly #log: SendLog
  #slots: number[] = []
  #reserving = false
  #wakeAt = Number.POSITIVE_INFINITY
  #pausedUntil = 0

  constructor(options: LaneOptions) {
    this.#options = options
    this.#alone = createMemoryPaceStore({ clock: options.clock })
    this.#log = new SendLog(options.perSecond <= HIGHEST_LOGGED ? Math.floor(options.perSecond) : 0)
  }

  /** Resolves when `cost` calls may go out; rejects with `aborted` or `deadline` when the budget ends first. */
  take(cost: number, budget: Budget): Promise<void> {
    const turn = this.#waiting.add(cost, budget, this.#options.clock())
    this.#advance()
    return turn
  }

  /** The vendor said "too many". */
  slowDown(retryAfterMs: number | undefined): void {
    const { clock, limitClass, store, emit } = this.#options
    const now = clock()
    const pauseMs = Math.min(retryAfterMs ?? PAUSE_MS, LONGEST_PAUSE_MS)
    if (!this.#slowDown.note(now) && now + pauseMs <= this.#pausedUntil + PAUSE_MS) return
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs)
    this.#slots = []
    emit?.({
      type: 'throttle',
      limitClass,
      reason: 'rate_limited',
      waitMs: pauseMs,
      factor: this.#slowDown.factor(now),
    })
    const shared = store ?? this.#alone
    shared.slowDown?.(limitClass, pauseMs).catch(error => this.#storeFailed(error))
  }

  stats(): { interactive: number; bulk: number; perSecond: number; factor: number } {
    const { perSecond, clock } = this.#options
    return { ...this.#waiting.counts(), perSecond, factor: this.#slowDown.factor(clock()) }
  }

  failAll(error: Error): void {
    this.#waiting.failAll(error)
  }

  #advance(): void {
    for (let waiter = this.#waiting.head(); waiter; waiter = this.#waiting.head()) {
      const now = this.#options.clock()
      this.#forgetLateSlots(now, waiter.cost)
      const ready = this.#slots[waiter.cost - 1]
      if (ready === undefined) {
        this.#reserve(waiter.cost - this.#slots.length)
        return
      }
      const at = Math.max(ready, this.#log.readyAt(waiter.cost), this.#pausedUntil)
      if (at - now >= TIMER_GRAIN_MS) {
        this.#wake(at, at - now)
        return
      }
      this.#slots.splice(0, waiter.cost)
      this.#log.note(now, waiter.cost)
      const { operation, since } = waiter
      const waitMs = now - since
      const { emit, limitClass } = this.#options
      if (waitMs >= TIMER_GRAIN_MS)
        emit?.({ type: 'throttle', limitClass, reason: 'pace', waitMs, operation })
      this.#waiting.grant(waiter)
      if (this.#slots.length < this.#waiting.demand) this.#reserve(1)
    }
  }

  #wake(at: number, inMs: number): void {
    if (this.#wakeAt <= at) return
    this.#wakeAt = at
    void this.#options.sleep(inMs).then(() => {
      if (this.#wakeAt === at) this.#wakeAt = Number.POSITIVE_INFINITY
      this.#advance()
    })
  }

  /** One block at a time, never far ahead, so that an interactive call finds room before bulk work that came first. */
  #reserve(atLeast: number): void {
    if (this.#reserving) return
    this.#reserving = true
    const { perSecond, clock } = this.#options
    const rate = (perSecond / STRETCH) * this.#slowDown.factor(clock())
    const most = Math.max(1, Math.min(BLOCK_MOST, Math.ceil((rate * BLOCK_MS) / 1000)))
    const count = Math.max(atLeast, Math.min(this.#waiting.demand - this.#slots.length, most))
    void this.#ask(rate, count).then(({ startInMs, intervalMs }) => {
      const start = clock() + startInMs
      for (let slot = 0; slot < count; slot++) this.#slots.push(start + slot * intervalMs)
      this.#reserving = false
      this.#advance()
    })
  }

  async #ask(rate: number, count: number): Promise<Reservation> {
    const { limitClass, store, sleep } = this.#options
    if (store === undefined) return this.#alone.reserve(limitClass, rate, count)
    const patience = new AbortController()
    try {
      const timeout = sleep(STORE_PATIENCE_MS, patience.signal).then(
        () => Promise.reject(new Error(`no answer within ${STORE_PATIENCE_MS} ms`)),
        () => new Promise<never>(() => {}),
      )
      return await Promise.race([store.reserve(limitClass, rate, count), timeout])
    } catch (error) {
      this.#storeFailed(error)
      return this.#alone.reserve(limitClass, rate, count)
    } finally {
      patience.abort()
    }
  }

  #storeFailed(error: unknown): void {
    const { emit, limitClass } = this.#options
    emit?.({ type: 'pace_store', limitClass, error: error instanceof Error ? error.message : String(error) })
  }

  /** What counts is the last of the slots a call needs: at a slow pace the first ones wait for it. */
  #forgetLateSlots(now: number, cost: number): void {
    const slots = this.#slots
    let late = 0
    while (
      (slots[Math.min(late + cost, slots.length) - 1] ?? now) < now - USABLE_LATE_MS &&
      late < slots.length
    )
      late++
    if (late > 0) slots.splice(0, late)
  }
}
