import { EasemobError, fieldsOf, OutcomeUnknown } from '../errors.ts'
import type { Operation } from '../vendor/operations.ts'
import { type AttemptResult, attempt, malformed } from './attempt.ts'
import { backoffMs } from './backoff.ts'
import type { Budget } from './budget.ts'
import type { ClientParts } from './client-parts.ts'
import { abortedError, circuitOpenError, closedError } from './local-errors.ts'
import type { VendorRequest } from './vendor-request.ts'
import { exhausted } from './within-budget.ts'

type Failure = Extract<AttemptResult, { ok: false }>

const RETRIED: ReadonlySet<string> = new Set(['timeout', 'unavailable', 'not_sent', 'rate_limited'])

/** Makes the attempts of one call: gets a token, waits for breaker and pace, sends, and retries where that is safe. */
export class RetryLoop<T> {
  readonly #client: ClientParts
  readonly #operation: Operation
  readonly #request: VendorRequest<T>
  readonly #budget: Budget
  readonly #call: number
  readonly #body: string | undefined
  /** An attempt whose answer was lost may have been carried out. */
  #mayBeDone = false
  #replayed = false

  constructor(
    client: ClientParts,
    operation: Operation,
    request: VendorRequest<T>,
    budget: Budget,
    call: number,
  ) {
    this.#client = client
    this.#operation = operation
    this.#request = request
    this.#budget = budget
    this.#call = call
    this.#body = request.body === undefined ? undefined : JSON.stringify(request.body)
  }

  /** The read answer. Throws {@link EasemobError}. */
  async run(): Promise<T> {
    const { token } = this.#client
    for (;;) {
      const bearer = this.#operation.authorized
        ? (token.current() ?? (await token.get(this.#budget)))
        : undefined
      const waitedMs = await this.#waitForAdmission()
      const result = await this.#send(bearer, waitedMs)
      if (result.ok) {
        const value = this.#request.read(result.json)
        if (value !== undefined) return value
        const error = malformed(this.#operation.name, this.#budget.attempts, result.answer)
        throw this.#operation.idempotent ? error : new OutcomeUnknown(error)
      }
      const value = await this.#afterFailure(result, bearer)
      if (value !== undefined) return value
    }
  }

  /** Waits for the breaker and for a slot of the pace. Returns how long that took, ms. */
  async #waitForAdmission(): Promise<number> {
    const { breaker, pacers, settings, closing } = this.#client
    const budget = this.#budget
    const since = settings.clock()
    for (;;) {
      if (closing.aborted) throw closedError(budget.operation, budget.attempts)
      const over = exhausted(budget, settings.clock())
      if (over) throw over
      const blockedMs = breaker.blockedForMs()
      if (blockedMs > 0) {
        const waits = budget.priority === 'bulk' && settings.clock() + blockedMs < budget.deadlineAt
        if (!waits) throw circuitOpenError(budget, blockedMs)
        await this.#pause(blockedMs)
        continue
      }
      const wait = pacers.of(this.#operation.limitClass)?.take(this.#request.cost ?? 1, budget)
      if (wait !== undefined) await wait
      if (breaker.enter()) return settings.clock() - since
    }
  }

  async #send(token: string | undefined, waitedMs: number): Promise<AttemptResult> {
    const { breaker, counts, emit, settings, transport } = this.#client
    const operation = this.#operation
    const budget = this.#budget
    budget.attempts++
    counts.attempts++
    const sentAt = emit && settings.clock()
    emit?.({ type: 'request', ...this.#eventFields(), limitClass: operation.limitClass, waitedMs })
    const { path, secrets = [] } = this.#request
    const { clientSecret, clock } = settings
    const input = { operation, path, body: this.#body, token, budget, secrets, clientSecret }
    const result = await attempt(transport, clock, input)
    if (result.ok || result.host === 'healthy') breaker.success()
    else if (result.host === 'failing') breaker.failure()
    else breaker.neutral()
    if (emit && sentAt !== undefined) {
      const { status, requestId } = result.answer ?? { status: undefined, requestId: undefined }
      const code = result.ok ? undefined : result.error.code
      emit({ type: 'response', ...this.#eventFields(), ms: clock() - sentAt, status, code, requestId })
    }
    return result
  }

  /** The fields that all events of an attempt have. */
  #eventFields(): { call: number; operation: string; attempt: number } {
    return { call: this.#call, operation: this.#operation.name, attempt: this.#budget.attempts }
  }

  /** Decides after a failed attempt: throws, or waits until the next attempt is due. A value ends the call with success. */
  async #afterFailure({ error, arrived }: Failure, token: string | undefined): Promise<T | undefined> {
    const { settings } = this.#client
    const budget = this.#budget
    budget.last = error
    const refused = error.status === 401
    if (refused && token !== undefined) this.#client.token.drop(token)
    if (refused && token !== undefined && !this.#replayed) {
      this.#replayed = true
      this.#emitRetry(0, error)
      return
    }
    if (error.code === 'rate_limited')
      this.#client.pacers.of(this.#operation.limitClass)?.slowDown(error.retryAfterMs)
    if (arrived && !this.#operation.idempotent) throw new OutcomeUnknown(error)
    if (this.#mayBeDone) {
      const done = this.#request.afterLostAnswer?.(error)
      if (done !== undefined) return done
    }
    const earlierInDoubt = this.#mayBeDone
    this.#mayBeDone ||= arrived
    const repeatable = this.#operation.idempotent || error.code === 'not_sent'
    if (!repeatable || !RETRIED.has(error.code) || budget.attempts >= settings.maxAttempts)
      throw this.#final(error, earlierInDoubt)
    const delayMs = backoffMs(budget.attempts, settings.random(), error.retryAfterMs)
    if (settings.clock() + delayMs >= budget.deadlineAt) throw this.#final(error, earlierInDoubt)
    this.#emitRetry(delayMs, error)
    await this.#pause(delayMs)
    return undefined
  }

  #emitRetry(delayMs: number, { code }: EasemobError): void {
    this.#client.counts.retries++
    this.#client.emit?.({ type: 'retry', ...this.#eventFields(), delayMs, code })
  }

  /**
   * The error that the call ends with. `not_sent` promises that no attempt reached the server, so it is kept only when that holds for all of them.
   * Any other error describes the last attempt, so it says whether an earlier one is in doubt.
   */
  #final(error: EasemobError, earlierInDoubt: boolean): EasemobError {
    if (!earlierInDoubt) return error
    const code = error.code === 'not_sent' ? 'unavailable' : error.code
    return new EasemobError(error.message, { ...fieldsOf(error), code, earlierInDoubt, cause: error })
  }

  async #pause(ms: number): Promise<void> {
    const { closing, settings } = this.#client
    const { signal, operation, attempts, last } = this.#budget
    try {
      await settings.sleep(ms, signal === undefined ? closing : AbortSignal.any([signal, closing]))
    } catch (error) {
      if (signal?.aborted) throw abortedError(this.#budget)
      if (closing.aborted) throw last ?? closedError(operation, attempts)
      throw error
    }
  }
}
