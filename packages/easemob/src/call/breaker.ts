import type { BreakerState } from '../events.ts'

/**
 * When the circuit breaker opens, and for how long.
 * @example const breaker: BreakerOptions = { window: 50, failureRatio: 0.9, openMs: 5_000 }
 */
export type BreakerOptions = {
  /** How many of the latest outcomes count. Default 30; the breaker stays closed until there are that many. */
  window?: number | undefined
  /** The breaker opens when at least this share of them failed (5xx, timeout, broken connection). Default 0.8, well above random faults of 30 %. */
  failureRatio?: number | undefined
  /**
   * The breaker opens only when no call has succeeded for this long, ms. Default 1,000, so that one short outage that fails all calls in flight
   * at once does not open it.
   */
  failingMs?: number | undefined
  /** How long the breaker stays open before it lets one probe through, ms. Default 2,000; doubles after each failed probe, up to 30,000. */
  openMs?: number | undefined
}

const LONGEST_OPEN_MS = 30_000
/** How often waiting calls look again while a probe is in flight, ms. */
const PROBE_WAIT_MS = 50

/** A circuit breaker for one host. Each client has one. */
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

  /** How long a call should wait before it tries to `enter`, ms; 0 when it may try now. */
  blockedForMs(): number {
    if (this.#state === 'closed') return 0
    if (this.#probing) return PROBE_WAIT_MS
    return Math.max(0, this.#openUntil - this.#clock())
  }

  /**
   * Whether a call may be sent; its outcome must then be reported by `success`, `failure` or `neutral`. False while open, or while a probe is in
   * flight.
   */
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

  /** Reports an attempt that says nothing about the host, such as an aborted one. */
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
