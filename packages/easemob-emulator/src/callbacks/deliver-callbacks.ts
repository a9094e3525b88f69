import type { CallbackCounts, CallbackEvent, Callbacks } from './callbacks.ts'
import { sign } from './signature.ts'

/** Where callbacks go and how they are signed. */
export interface CallbackTarget {
  readonly url: string
  readonly secret: string
}

const IN_FLIGHT = 16
const MAX_QUEUED = 10_000
const TIMEOUT_MS = 10_000
/** An event is dropped after one immediate retry. */
const ATTEMPTS = 2

/** Posts signed events to the callback URL: up to 16 at a time, begun in order, without delaying any answer. */
export class DeliverCallbacks implements Callbacks {
  readonly enabled = true
  readonly #target: CallbackTarget
  readonly #appKey: string
  readonly #closing: AbortSignal
  readonly #queue: string[] = []
  #inFlight = 0
  #delivered = 0
  #dropped = 0

  constructor(target: CallbackTarget, appKey: string, closing: AbortSignal) {
    this.#target = target
    this.#appKey = appKey
    this.#closing = closing
  }

  counts(): CallbackCounts {
    return {
      delivered: this.#delivered,
      dropped: this.#dropped,
      waiting: this.#queue.length + this.#inFlight,
    }
  }

  emit({ id, at, fields }: CallbackEvent): void {
    if (this.#queue.length >= MAX_QUEUED) {
      this.#dropped++
      return
    }
    const callId = `${this.#appKey}_${id}`
    const security = sign(callId, this.#target.secret, at)
    this.#queue.push(JSON.stringify({ callId, timestamp: at, ...fields, securityVersion: '1.0.0', security }))
    this.#start()
  }

  #start(): void {
    while (this.#inFlight < IN_FLIGHT) {
      const body = this.#queue.shift()
      if (body === undefined) return
      this.#inFlight++
      void this.#deliver(body)
    }
  }

  async #deliver(body: string): Promise<void> {
    let delivered = false
    for (let attempt = 0; attempt < ATTEMPTS && !delivered && !this.#closing.aborted; attempt++) {
      delivered = await this.#post(body)
    }
    if (delivered) this.#delivered++
    else this.#dropped++
    this.#inFlight--
    this.#start()
  }

  async #post(body: string): Promise<boolean> {
    try {
      const response = await fetch(this.#target.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      await response.body?.cancel()
      return response.status === 200
    } catch {
      return false
    }
  }
}
