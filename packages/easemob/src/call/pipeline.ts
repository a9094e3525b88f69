import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { EasemobEvent } from '../events.ts'
import { createTransport, type Transport } from '../http/transport.ts'
import type { CallOptions, EasemobOptions } from '../options.ts'
import { createPaces, type Paces } from '../pace/paces.ts'
import type { Settings } from '../settings.ts'
import { tokenRequest } from '../token/token-request.ts'
import { TokenSource } from '../token/token-source.ts'
import { OPERATIONS, type Operation } from '../vendor/operations.ts'
import { Breaker } from './breaker.ts'
import type { Budget } from './budget.ts'
import { closedError, type Outgoing, Run } from './run.ts'

/** The one way to the vendor: token, pace, breaker, attempts, retries, events. */
export class Caller {
  readonly settings: Settings
  readonly token: TokenSource
  readonly breaker: Breaker
  readonly paces: Paces
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
    this.paces = createPaces({ callsPerSecond, store: options.paceStore, clock, sleep, emit })
    this.token = new TokenSource({
      exchange: () => this.call(OPERATIONS.token, tokenRequest(settings)),
      clock,
      emit,
    })
  }

  get closing(): AbortSignal {
    return this.#closing.signal
  }

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

  /** Carries one call through. Throws {@link EasemobError}. */
  async call<T>(operation: Operation, outgoing: Outgoing<T>, options?: CallOptions): Promise<T> {
    const { clock } = this.settings
    const startedAt = clock()
    const budget = this.budget(operation.name, options)
    const call = ++this.counts.calls
    this.counts.inFlight++
    let code: EasemobErrorCode | undefined
    try {
      return await new Run(this, operation, outgoing, budget, call).result()
    } catch (error) {
      code = error instanceof EasemobError ? error.code : 'invalid'
      throw error
    } finally {
      this.counts.inFlight--
      const { attempts } = budget
      this.emit?.({
        type: 'settled',
        call,
        operation: operation.name,
        ms: clock() - startedAt,
        attempts,
        code,
      })
    }
  }

  /** Ends what waits, lets what is on the wire finish, then closes the connections. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#closing.abort()
    for (const [, lane] of this.paces.lanes()) lane.failAll(closedError('close', 0))
    await this.transport.close()
  }
}

/** A listener that throws must not end the call it watches. */
function harmless(listener: (event: EasemobEvent) => void): (event: EasemobEvent) => void {
  return event => {
    try {
      listener(event)
    } catch {
      // The listener's own business; it has no say in the call.
    }
  }
}
