import type { Budget } from '../call/budget.ts'
import type { EasemobEvent } from '../events.ts'
import type { Sleep } from '../options.ts'
import type { PaceStore } from './pace-store.ts'
import { SendLog } from './send-log.ts'
import { Slots } from './slots.ts'
import { SlowDown } from './slow-down.ts'
import { Waiting } from './waiting.ts'

/** Slots a little further apart than the limit says: calls do not travel equally fast, and the vendor counts arrivals. */
const STRETCH = 1.015
const BLOCK_MS = 100
const BLOCK_MOST = 64
/** A slot in stock is lost when nobody comes for it in time: only for calls that follow each other this closely. */
const STOCK_WITHIN_MS = 100
const PAUSE_MS = 50
const LONGEST_PAUSE_MS = 60_000
const TIMER_GRAIN_MS = 1
/** Above this a log of a second's calls costs more than it protects; no plan of the vendor comes near. */
const HIGHEST_LOGGED = 2_000

export type PacerOptions = {
  limitClass: string
  perSecond: number
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  emit: ((event: EasemobEvent) => void) | undefined
}

/** The rate limiter of one limit class: hands slots to calls in order of priority, within the limit, and slower after a 429. */
export class Pacer {
  readonly #options: PacerOptions
  readonly #waiting = new Waiting()
  readonly #slowDown = new SlowDown()
  readonly #log: SendLog
  readonly #slots: Slots
  #reserving = false
  #wakeAt = Number.POSITIVE_INFINITY
  #pausedUntil = 0
  #lastAt = Number.NEGATIVE_INFINITY

  constructor(options: PacerOptions) {
    const { limitClass, emit, perSecond } = options
    const onStoreFailure = (error: unknown): void =>
      emit?.({
        type: 'pace_store',
        limitClass,
        error: error instanceof Error ? error.message : String(error),
      })
    this.#options = options
    this.#slots = new Slots({ ...options, onStoreFailure })
    this.#log = new SendLog(perSecond <= HIGHEST_LOGGED ? Math.floor(perSecond) : 0)
  }

  /** Undefined: `cost` calls may go out now. Else resolves when they may; rejects with `aborted` or `deadline` when the budget ends first. */
  take(cost: number, budget: Budget): Promise<void> | undefined {
    const now = this.#options.clock()
    if (this.#passes(cost, now)) return undefined
    const granted = this.#waiting.add(cost, budget, now)
    this.#advance()
    return granted
  }

  /** The vendor said "too many". */
  slowDown(retryAfterMs: number | undefined): void {
    const { clock, limitClass, emit } = this.#options
    const now = clock()
    const waitMs = Math.min(retryAfterMs ?? PAUSE_MS, LONGEST_PAUSE_MS)
    if (!this.#slowDown.note(now) && now + waitMs <= this.#pausedUntil + PAUSE_MS) return
    this.#pausedUntil = Math.max(this.#pausedUntil, now + waitMs)
    this.#slots.pause(waitMs)
    const factor = this.#slowDown.factor(now)
    emit?.({ type: 'throttle', limitClass, reason: 'rate_limited', waitMs, factor })
  }

  stats(): { interactive: number; bulk: number; perSecond: number; factor: number } {
    const { perSecond, clock } = this.#options
    return { ...this.#waiting.counts(), perSecond, factor: this.#slowDown.factor(clock()) }
  }

  failAll(error: Error): void {
    this.#waiting.failAll(error)
  }

  /** Below the pace nobody waits, and nothing needs to be asked. */
  #passes(cost: number, now: number): boolean {
    if (this.#waiting.demand > 0 || now < this.#pausedUntil || now < this.#log.readyAt(cost)) return false
    const held = this.#slots.spendReady(cost, now)
    if (!held && (this.#reserving || !this.#slots.takeAtOnce(this.#rate(now), cost, now))) return false
    this.#note(now, cost)
    return true
  }

  #note(now: number, cost: number): void {
    this.#log.note(now, cost)
    const soon = now - this.#lastAt < STOCK_WITHIN_MS
    this.#lastAt = now
    // Who calls often finds the next slot there, instead of waiting for the store each time.
    if (soon && this.#options.store !== undefined && this.#slots.held === 0) this.#reserve(1)
  }

  #rate(now: number): number {
    return (this.#options.perSecond / STRETCH) * this.#slowDown.factor(now)
  }

  #advance(): void {
    for (let waiter = this.#waiting.head(); waiter; waiter = this.#waiting.head()) {
      const { cost, since, operation } = waiter
      const now = this.#options.clock()
      const ready = this.#slots.readyAt(cost, now)
      if (ready === undefined) {
        this.#reserve(cost - this.#slots.held)
        return
      }
      const at = Math.max(ready, this.#log.readyAt(cost), this.#pausedUntil)
      if (at - now >= TIMER_GRAIN_MS) {
        this.#wake(at, at - now)
        return
      }
      this.#slots.spend(cost)
      this.#tellWait(now - since, operation)
      this.#waiting.grant(waiter)
      this.#note(now, cost)
      if (this.#slots.held < this.#waiting.demand) this.#reserve(1)
    }
  }

  #tellWait(waitMs: number, operation: string): void {
    const { emit, limitClass } = this.#options
    if (waitMs < TIMER_GRAIN_MS) return
    emit?.({ type: 'throttle', limitClass, reason: 'pace', waitMs, operation })
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
    const rate = this.#rate(this.#options.clock())
    const most = Math.max(1, Math.min(BLOCK_MOST, Math.ceil((rate * BLOCK_MS) / 1000)))
    const count = Math.max(atLeast, Math.min(this.#waiting.demand - this.#slots.held, most))
    void this.#slots.reserve(rate, count).then(() => {
      this.#reserving = false
      this.#advance()
    })
  }
}
