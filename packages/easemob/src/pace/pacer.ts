import type { Budget } from '../call/budget.ts'
import type { EasemobEvent } from '../events.ts'
import type { Sleep } from '../options.ts'
import type { PaceStore } from './pace-store.ts'
import { SendLog } from './send-log.ts'
import { Slots } from './slots.ts'
import { SlowDown } from './slow-down.ts'
import { Waiting } from './waiting.ts'

/** Slots are this much further apart than the limit says, because the vendor counts arrivals and calls take different times to arrive. */
const STRETCH = 1.015
/** Slots are reserved in blocks of at most this much time and this many slots. */
const BLOCK_MS = 100
const MAX_BLOCK = 64
/** The next slot is reserved ahead only while calls follow each other this closely, since an unused slot is lost to all processes. */
const AHEAD_WITHIN_MS = 100
/** The pause after a 429 without `Retry-After`. */
const PAUSE_MS = 50
const LONGEST_PAUSE_MS = 60_000
/** Waits shorter than a timer's resolution are skipped. */
const TIMER_RESOLUTION_MS = 1
/** Above this limit no send log is kept: it would cost memory and time, and no plan of the vendor allows so many calls. */
const HIGHEST_LOGGED = 2_000

/** `perSecond`: the limit of the class, calls per second. */
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

  /**
   * Undefined when a call of `cost` slots may be sent now; else a promise that resolves when it may, and rejects with `aborted` or `deadline` when
   * the budget ends first.
   */
  take(cost: number, budget: Budget): Promise<void> | undefined {
    const now = this.#options.clock()
    if (this.#passesAtOnce(cost, now)) return undefined
    const granted = this.#waiting.add(cost, budget, now)
    this.#advance()
    return granted
  }

  /** Records a 429: pauses the class for `retryAfterMs` (at most a minute) and lowers its pace. */
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

  /** Rejects all waiting calls. */
  failAll(error: Error): void {
    this.#waiting.failAll(error)
  }

  /** Whether a call may be sent without waiting: nobody waits before it, and a slot is free now. */
  #passesAtOnce(cost: number, now: number): boolean {
    if (this.#waiting.demand > 0 || now < this.#pausedUntil || now < this.#log.readyAt(cost)) return false
    const held = this.#slots.spendReady(cost, now)
    if (!held && (this.#reserving || !this.#slots.takeAtOnce(this.#rate(now), cost, now))) return false
    this.#note(now, cost)
    return true
  }

  #note(now: number, cost: number): void {
    this.#log.note(now, cost)
    const frequent = now - this.#lastAt < AHEAD_WITHIN_MS
    this.#lastAt = now
    // Reserving ahead spares frequent calls the round trip to the store.
    if (frequent && this.#options.store !== undefined && this.#slots.held === 0) this.#reserve(1)
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
      if (at - now >= TIMER_RESOLUTION_MS) {
        this.#wake(at, at - now)
        return
      }
      this.#slots.spend(cost)
      this.#emitWait(now - since, operation)
      this.#waiting.grant(waiter)
      this.#note(now, cost)
      if (this.#slots.held < this.#waiting.demand) this.#reserve(1)
    }
  }

  #emitWait(waitMs: number, operation: string): void {
    const { emit, limitClass } = this.#options
    if (waitMs < TIMER_RESOLUTION_MS) return
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

  /** Reserves one block for the calls that wait. Blocks are short, so that an interactive call gets a slot before bulk calls that came first. */
  #reserve(atLeast: number): void {
    if (this.#reserving) return
    this.#reserving = true
    const rate = this.#rate(this.#options.clock())
    const most = Math.max(1, Math.min(MAX_BLOCK, Math.ceil((rate * BLOCK_MS) / 1000)))
    const count = Math.max(atLeast, Math.min(this.#waiting.demand - this.#slots.held, most))
    void this.#slots.reserve(rate, count).then(() => {
      this.#reserving = false
      this.#advance()
    })
  }
}
