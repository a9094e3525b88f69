import { type Budget, exhausted, withinBudget } from '../call/budget.ts'
import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { EasemobEvent } from '../events.ts'

/** A token as the vendor gave it. */
export type FreshToken = { value: string; lifeMs: number }

type Held = { value: string; fetchedAt: number; renewAt: number; expiresAt: number }
type Refusal = { error: EasemobError; until: number }

/** The vendor blocks accounts that hammer `/token`, so a refusal is remembered, and a failed renewal is not repeated at once. */
const REFUSAL_MS = 5_000
const RENEWAL_PAUSE_MS = 10_000
const REFUSALS: ReadonlySet<EasemobErrorCode> = new Set([
  ...(['unauthorized', 'invalid', 'forbidden', 'app_not_found', 'plan_limit', 'not_found'] as const),
])

export type TokenSourceOptions = {
  /** One exchange with the vendor, retries included. */
  exchange: () => Promise<FreshToken>
  clock: () => number
  emit: ((event: EasemobEvent) => void) | undefined
}

/** The app token: one exchange for all callers; from half its life on it is renewed while it is still served. */
export class TokenSource {
  readonly #options: TokenSourceOptions
  #held: Held | undefined
  #exchange: Promise<string> | undefined
  #refusal: Refusal | undefined
  /** Counts drops: what an exchange brings home is kept only if none happened since it set out. */
  #generation = 0

  constructor(options: TokenSourceOptions) {
    this.#options = options
  }

  /** The token, when there is one; starts its renewal when due. */
  current(): string | undefined {
    const held = this.#held
    if (held === undefined) return undefined
    const now = this.#options.clock()
    if (now >= held.expiresAt) return undefined
    if (now >= held.renewAt && this.#exchange === undefined) {
      held.renewAt = now + RENEWAL_PAUSE_MS
      this.#start().catch(() => {
        // The token at hand still serves; who needs one after it has expired gets the error of their own exchange.
      })
    }
    return held.value
  }

  /** The token, or the one exchange that is under way. Throws what the exchange throws, `aborted` or `deadline`. */
  async get(budget: Budget): Promise<string> {
    const held = this.current()
    if (held !== undefined) return held
    const now = this.#options.clock()
    const over = exhausted(budget, now)
    if (over) throw over
    if (this.#refusal !== undefined && now < this.#refusal.until) throw this.#refusal.error
    return withinBudget(this.#exchange ?? this.#start(), budget, now)
  }

  /** The vendor refused this token. A later one stays. */
  drop(value: string): void {
    if (this.#held?.value !== value) return
    this.#held = undefined
    this.#exchange = undefined
    this.#generation++
    this.#options.emit?.({ type: 'token', action: 'dropped' })
  }

  ageMs(): number | null {
    return this.#held === undefined ? null : this.#options.clock() - this.#held.fetchedAt
  }

  #start(): Promise<string> {
    const exchange = this.#fetch(this.#generation).finally(() => {
      if (this.#exchange === exchange) this.#exchange = undefined
    })
    this.#exchange = exchange
    return exchange
  }

  async #fetch(generation: number): Promise<string> {
    const { exchange, clock, emit } = this.#options
    const startedAt = clock()
    try {
      const { value, lifeMs } = await exchange()
      this.#refusal = undefined
      const now = clock()
      emit?.({ type: 'token', action: 'fetched', ms: now - startedAt, expiresInMs: lifeMs })
      if (generation === this.#generation) {
        this.#held = { value, fetchedAt: now, renewAt: now + lifeMs / 2, expiresAt: startedAt + lifeMs }
      }
      return value
    } catch (error) {
      if (error instanceof EasemobError && REFUSALS.has(error.code)) {
        this.#refusal = { error, until: clock() + REFUSAL_MS }
      }
      throw error
    }
  }
}
