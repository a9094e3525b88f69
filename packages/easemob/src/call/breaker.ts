import type { BreakerState } from '../events.ts'

/** When calls to the host stop, and for how long. */
export type BreakerOptions = {
  /** How many of the latest outcomes are looked at. Default 30; nothing is decided before that many. */
  window?: number | undefined
  /** Opens when at least this share of them failed (5xx, timeout, broken connection). Default 0.8, far above random faults of 30 %. */
  failureRatio?: number | undefined
  /**
   * … and nothing succeeded for this long, ms. Default 1,000: a hiccup that lets all calls under way fail at once is one event, not thirty.
   */
  failingMs?: number | undefined
  /** How long it stays open before one probe is let through, ms. Default 2,000; doubles after each failed probe, up to 30,000. */
  openMs?: number | undefined
}

const LONGEST_OPEN_MS = 30_000
/** While a probe is under way nobody knows how long it takes. */
const PROBE_WAIT_MS = 50

/** A circuit breaker: one per client, which is one per host. */
export class Breaker {
  readonly #clock: () => number
  readonly #onState: (state: BreakerState) => void
  readonly #outcomes: Uint8Array
  readonly #threshold: number
  readonly #firstOpenMs: number
  readonly #failingMs: number
  #succeededAt = Number.NEGATIVE_INFINITY
  #state: BreakerState = 'closed'
  #seen = 0
  #failures = 0
  #openMs: number
  #openUntil = 0
  #probing = false

  constructor(options: BreakerOptions, clock: () => number, onState: (state: BreakerState) => void) {
    this.#clock = clock
    this.#onState = onState
    this.#outcomes = new Uint8Array(options.window ?? 30)
    this.#threshold = Math.max(1, Math.ceil(this.#outcomes.length * (options.failureRatio ?? 0.8)))
    this.#firstOpenMs = options.openMs ?? 2_000
    this.#openMs = this.#firstOpenMs
    this.#failingMs = options.failingMs ?? 1_000
  }

  get state(): BreakerState {
    return this.#state
  }

  /** 0: a call may try to `enter`. Otherwise ms until it makes sense to look again. */
  blockedForMs(): number {
    if (this.#state === 'closed') return 0
    if (this.#probing) return PROBE_WAIT_MS
    return Math.max(0, this.#openUntil - this.#clock())
  }

  /** False: it is open, or its probe is under way. True: go ahead, and report by `success`, `failure` or `neutral`. */
  enter(): boolean {
    if (this.#state === 'closed') return true
    if (this.blockedForMs() > 0) return false
    this.#probing = true
    this.#become('half_open')
    return true
  }

  success(): void {
    this.#succeededAt = this.#clock()
    if (this.#state === 'closed') {
      this.#record(0)
      return
    }
    this.#probing = false
    this.#seen = 0
    this.#failures = 0
    this.#openMs = this.#firstOpenMs
    this.#become('closed')
  }

  failure(): void {
    if (this.#state === 'closed') {
      this.#record(1)
      if (this.#isDown()) this.#open()
      return
    }
    if (this.#state === 'open') return
    this.#openMs = Math.min(this.#openMs * 2, LONGEST_OPEN_MS)
    this.#open()
  }

  /** The attempt said nothing about the host: its caller gave up. */
  neutral(): void {
    this.#probing = false
  }

  #isDown(): boolean {
    if (this.#seen < this.#outcomes.length || this.#failures < this.#threshold) return false
    return this.#clock() - this.#succeededAt >= this.#failingMs
  }

  #record(failed: 0 | 1): void {
    const at = this.#seen++ % this.#outcomes.length
    if (this.#seen > this.#outcomes.length) this.#failures -= this.#outcomes[at] ?? 0
    this.#outcomes[at] = failed
    this.#failures += failed
  }

  #open(): void {
    this.#probing = false
    this.#openUntil = this.#clock() + this.#openMs
    this.#become('open')
  }

  #become(state: BreakerState): void {
    if (state === this.#state) return
    this.#state = state
    this.#onState(state)
  }
}
