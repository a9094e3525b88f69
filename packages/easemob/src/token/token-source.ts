import type { Budget } from '../call/budget.ts'
import { exhausted, withinBudget } from '../call/within-budget.ts'
import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { EasemobEvent } from '../events.ts'

/** A token as the vendor issued it. */
export type FreshToken = { value: string; lifeMs: number }

type Held = { value: string; fetchedAt: number; renewAt: number; expiresAt: number }
type Refusal = { error: EasemobError; until: number }

/**
 * The vendor blocks accounts that call `/token` too often. A refusal is therefore cached for this long, and a failed renewal is not repeated sooner
 * than RENEWAL_PAUSE_MS.
 */
const REFUSAL_MS = 5_000
const RENEWAL_PAUSE_MS = 10_000
const REFUSALS: ReadonlySet<EasemobErrorCode> = new Set([
  ...(['unauthorized', 'invalid', 'forbidden', 'app_not_found', 'plan_limit', 'not_found'] as const),
])

/** `clock`: ms, must not go back. */
export type TokenSourceOptions = {
  /** One exchange with the vendor, retries included. */
  exchange: () => Promise<FreshToken>
  clock: () => number
  emit: ((event: EasemobEvent) => void) | undefined
}

/**
 * The cache of the app token. All calls share one exchange. After half of its lifetime the token is renewed in the background while calls still use
 * it.
 */
export class TokenSource {
  readonly #options: TokenSourceOptions
  #held: Held | undefined
  #exchange: Promise<string> | undefined
  #refusal: Refusal | undefined
  /** Counts drops. The result of an exchange is cached only if no token was dropped since the exchange began. */
  #generation = 0

  constructor(options: TokenSourceOptions) {
    this.#options = options
  }

  /** The cached token, if it is valid; starts its renewal when due. */
  current(): string | undefined {
    const held = this.#held
    if (held === undefined) return undefined
    const now = this.#options.clock()
    if (now >= held.expiresAt) return undefined
    if (now >= held.renewAt && this.#exchange === undefined) {
      held.renewAt = now + RENEWAL_PAUSE_MS
      this.#start().catch(() => {
        // The cached token is still valid. A call that needs one after it has expired starts an exchange of its own and gets that error.
      })
    }
    return held.value
  }

  /** The cached token, or the result of the shared exchange. Throws the error of the exchange, `aborted` or `deadline`. */
  async get(budget: Budget): Promise<string> {
    const held = this.current()
    if (held !== undefined) return held
    const now = this.#options.clock()
    const over = exhausted(budget, now)
    if (over) throw over
    if (this.#refusal !== undefined && now < this.#refusal.until) throw this.#refusal.error
    return withinBudget(this.#exchange ?? this.#start(), budget, now)
  }

  /** Removes a token that the vendor refused. A newer token stays. */
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
