import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { EasemobEvent } from '../events.ts'
import { createTransport, type Transport } from '../http/transport.ts'
import type { CallOptions, EasemobOptions } from '../options.ts'
import { createPacers, type Pacers } from '../pace/pacers.ts'
import type { Settings } from '../settings.ts'
import { tokenRequest } from '../token/token-request.ts'
import { TokenSource } from '../token/token-source.ts'
import { OPERATIONS, type Operation } from '../vendor/operations.ts'
import { Breaker } from './breaker.ts'
import type { Budget } from './budget.ts'
import type { ClientParts } from './client-parts.ts'
import { closedError } from './local-errors.ts'
import { RetryLoop } from './retry-loop.ts'
import type { VendorRequest } from './vendor-request.ts'

/** What every request to the vendor passes through: token, pace, circuit breaker, attempts, retries, events. One per client. */
export class CallPipeline implements ClientParts {
  readonly settings: Settings
  readonly token: TokenSource
  readonly breaker: Breaker
  readonly pacers: Pacers
  readonly transport: Transport
  readonly emit: ((event: EasemobEvent) => void) | undefined
  readonly counts = { calls: 0, attempts: 0, retries: 0, inFlight: 0 }
  readonly #closing = new AbortController()

  constructor(settings: Settings, options: Pick<EasemobOptions, 'paceStore' | 'breaker' | 'onEvent'>) {
    const { clock, sleep, callsPerSecond } = settings
    const emit = options.onEvent === undefined ? undefined : harmless(options.onEvent)
    this.settings = settings
    this.emit = emit
    this.transport = createTransport({
      ...settings,
      connectTimeoutMs: Math.min(5_000, settings.attemptTimeoutMs),
    })
    this.breaker = new Breaker(options.breaker ?? {}, clock, state => emit?.({ type: 'breaker', state }))
    this.pacers = createPacers({ callsPerSecond, store: options.paceStore, clock, sleep, emit })
    this.token = new TokenSource({
      exchange: () => this.call(OPERATIONS.token, tokenRequest(settings)),
      clock,
      emit,
    })
  }

  /** Aborted when the client is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** The limits of one call: its options, with the client's settings as defaults. */
  budget(operation: string, options: CallOptions = {}): Budget {
    const { clock, deadlineMs, attemptTimeoutMs } = this.settings
    return {
      operation,
      priority: options.priority ?? 'interactive',
      deadlineAt: clock() + (options.deadlineMs ?? deadlineMs),
      attemptTimeoutMs: options.attemptTimeoutMs ?? attemptTimeoutMs,
      signal: options.signal,
      attempts: 0,
      last: undefined,
    }
  }

  /** Sends one request, retries included, and reads the answer. Throws {@link EasemobError}. */
  async call<T>(operation: Operation, request: VendorRequest<T>, options?: CallOptions): Promise<T> {
    const { clock } = this.settings
    const startedAt = clock()
    const budget = this.budget(operation.name, options)
    const call = ++this.counts.calls
    this.counts.inFlight++
    let code: EasemobErrorCode | undefined
    try {
      return await new RetryLoop(this, operation, request, budget, call).run()
    } catch (error) {
      code = error instanceof EasemobError ? error.code : 'invalid'
      throw error
    } finally {
      this.counts.inFlight--
      const { attempts } = budget
      this.emit?.({
        type: 'completed',
        call,
        operation: operation.name,
        ms: clock() - startedAt,
        attempts,
        code,
      })
    }
  }

  /** Rejects the calls that wait, lets requests on the wire finish, then closes the connections. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    for (const [, pacer] of this.pacers.all()) pacer.failAll(closedError('close', 0))
    await this.transport.close()
  }
}

/** Wraps a listener so that an error it throws does not end the call that it observes. */
function harmless(listener: (event: EasemobEvent) => void): (event: EasemobEvent) => void {
  return event => {
    try {
      listener(event)
    } catch {
      // Ignored, as `onEvent` documents.
    }
  }
}
