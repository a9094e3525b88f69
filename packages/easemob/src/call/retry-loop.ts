import { EasemobError, fieldsOf, OutcomeUnknown } from '../errors.ts'
import type { Operation } from '../vendor/operations.ts'
import { type AttemptResult, attempt, malformed } from './attempt.ts'
import { backoffMs } from './backoff.ts'
import { abortedError, type Budget, exhausted } from './budget.ts'
import type { Caller } from './caller.ts'

/** What a resource wants sent, and how it reads the answer. */
export type Outgoing<T> = {
  path: string
  /** Sent as JSON. */
  body?: unknown
  /** Slots of the limit class it takes; default 1. */
  cost?: number
  /** Never to be quoted. */
  secrets?: readonly string[]
  /** Undefined: this is not the answer the vendor promises. */
  read: (json: unknown) => T | undefined
  /** An earlier attempt without an answer may have done it already: what does this refusal mean then? */
  afterLostAnswer?: (refusal: EasemobError) => T | undefined
}

type Failure = Extract<AttemptResult, { ok: false }>

const RETRIED: ReadonlySet<string> = new Set(['timeout', 'unavailable', 'not_sent', 'rate_limited'])

/** One call, from its first attempt to its last. */
export class Run<T> {
  readonly #caller: Caller
  readonly #operation: Operation
  readonly #outgoing: Outgoing<T>
  readonly #budget: Budget
  readonly #call: number
  readonly #body: string | undefined
  /** Some attempt may have been carried out without an answer. */
  #mayBeDone = false
  #replayed = false

  constructor(caller: Caller, operation: Operation, outgoing: Outgoing<T>, budget: Budget, call: number) {
    this.#caller = caller
    this.#operation = operation
    this.#outgoing = outgoing
    this.#budget = budget
    this.#call = call
    this.#body = outgoing.body === undefined ? undefined : JSON.stringify(outgoing.body)
  }

  async result(): Promise<T> {
    const { token } = this.#caller
    for (;;) {
      const bearer = this.#operation.authorized
        ? (token.current() ?? (await token.get(this.#budget)))
        : undefined
      const waitedMs = await this.#admission()
      const result = await this.#send(bearer, waitedMs)
      if (result.ok) {
        const value = this.#outgoing.read(result.json)
        if (value !== undefined) return value
        const error = malformed(this.#operation.name, this.#budget.attempts, result.answer)
        throw this.#operation.idempotent ? error : new OutcomeUnknown(error)
      }
      const value = await this.#afterFailure(result, bearer)
      if (value !== undefined) return value
    }
  }

  /** Waits for the breaker and for a slot of the pace; answers how long, in ms. */
  async #admission(): Promise<number> {
    const { breaker, paces, settings, closing } = this.#caller
    const budget = this.#budget
    const since = settings.clock()
    for (;;) {
      if (closing.aborted) throw closedError(budget.operation, budget.attempts)
      const over = exhausted(budget, settings.clock())
      if (over) throw over
      const blockedMs = breaker.blockedForMs()
      if (blockedMs > 0) {
        const patient = budget.priority === 'bulk' && settings.clock() + blockedMs < budget.deadlineAt
        if (!patient) throw circuitOpenError(budget, blockedMs)
        await this.#pause(blockedMs)
        continue
      }
      const turn = paces.lane(this.#operation.limitClass)?.take(this.#outgoing.cost ?? 1, budget)
      if (turn !== undefined) await turn
      if (breaker.enter()) return settings.clock() - since
    }
  }

  async #send(token: string | undefined, waitedMs: number): Promise<AttemptResult> {
    const { breaker, counts, emit, settings, transport } = this.#caller
    const operation = this.#operation
    const budget = this.#budget
    budget.attempts++
    counts.attempts++
    const sentAt = emit && settings.clock()
    emit?.({ type: 'request', ...this.#where(), limitClass: operation.limitClass, waitedMs })
    const { path, secrets = [] } = this.#outgoing
    const { clientSecret, clock } = settings
    const input = { operation, path, body: this.#body, token, budget, secrets, clientSecret }
    const result = await attempt(transport, clock, input)
    if (result.ok || result.host === 'well') breaker.success()
    else if (result.host === 'failing') breaker.failure()
    else breaker.neutral()
    if (emit && sentAt !== undefined) {
      const { status, requestId } = result.answer ?? { status: undefined, requestId: undefined }
      const code = result.ok ? undefined : result.error.code
      emit({ type: 'response', ...this.#where(), ms: clock() - sentAt, status, code, requestId })
    }
    return result
  }

  /** What the events of one attempt have in common. */
  #where(): { call: number; operation: string; attempt: number } {
    return { call: this.#call, operation: this.#operation.name, attempt: this.#budget.attempts }
  }

  /** Throws, or waits until the next attempt is due; a value ends the call. */
  async #afterFailure({ error, arrived }: Failure, token: string | undefined): Promise<T | undefined> {
    const { settings } = this.#caller
    const budget = this.#budget
    budget.last = error
    const refused = error.status === 401
    if (refused && token !== undefined) this.#caller.token.drop(token)
    if (refused && token !== undefined && !this.#replayed) {
      this.#replayed = true
      this.#announce(0, error)
      return
    }
    if (error.code === 'rate_limited')
      this.#caller.paces.lane(this.#operation.limitClass)?.slowDown(error.retryAfterMs)
    if (arrived && !this.#operation.idempotent) throw new OutcomeUnknown(error)
    if (this.#mayBeDone) {
      const done = this.#outgoing.afterLostAnswer?.(error)
      if (done !== undefined) return done
    }
    this.#mayBeDone ||= arrived
    const repeatable = this.#operation.idempotent || error.code === 'not_sent'
    if (!repeatable || !RETRIED.has(error.code) || budget.attempts >= settings.maxAttempts)
      throw this.#final(error)
    const delayMs = backoffMs(budget.attempts, settings.random(), error.retryAfterMs)
    if (settings.clock() + delayMs >= budget.deadlineAt) throw this.#final(error)
    this.#announce(delayMs, error)
    await this.#pause(delayMs)
    return undefined
  }

  #announce(delayMs: number, { code }: EasemobError): void {
    this.#caller.counts.retries++
    this.#caller.emit?.({ type: 'retry', ...this.#where(), delayMs, code })
  }

  /** `not_sent` promises that no attempt reached the server, not only the last one. */
  #final(error: EasemobError): EasemobError {
    if (error.code !== 'not_sent' || !this.#mayBeDone) return error
    return new EasemobError(error.message, { ...fieldsOf(error), code: 'unavailable', cause: error })
  }

  async #pause(ms: number): Promise<void> {
    const { closing, settings } = this.#caller
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

/** After a lost answer, "there is no such thing" says that an earlier deletion went through. */
export function goneIsDone(refusal: EasemobError): null | undefined {
  return refusal.code === 'not_found' ? null : undefined
}

/** The client was closed before this was sent. */
export function closedError(operation: string, attempts: number): EasemobError {
  return new EasemobError(`${operation}: the client is closed. Make a new one with createEasemob.`, {
    ...{ code: 'not_sent', operation, attempts },
  })
}

function circuitOpenError({ operation, attempts, last }: Budget, retryAfterMs: number): EasemobError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return new EasemobError(
    `${operation}: the vendor failed too often; calls are held back for about ${seconds} s.`,
    {
      ...{ code: 'circuit_open', operation, attempts, retryAfterMs, cause: last },
    },
  )
}
