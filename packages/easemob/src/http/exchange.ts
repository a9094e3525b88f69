import type { Dispatcher } from 'undici'
import { type WireAnswer, WireFailure, type WireRequest } from './wire.ts'

type Complete = (result: WireAnswer | WireFailure) => void
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2]

/** One request and its answer: collects what undici's pool reports and completes exactly once, with the answer or a failure. */
export class Exchange implements Dispatcher.DispatchHandler {
  completed = false
  readonly #complete: Complete
  readonly #maxBodyBytes: number
  readonly #timer: NodeJS.Timeout
  readonly #signal: AbortSignal | undefined
  #controller: Dispatcher.DispatchController | undefined
  #chunks: Buffer[] = []
  #bytes = 0
  #status = 0
  #headers: Headers = {}

  constructor(request: WireRequest, maxBodyBytes: number, complete: Complete) {
    this.#complete = complete
    this.#maxBodyBytes = maxBodyBytes
    this.#signal = request.signal
    this.#timer = setTimeout(this.#onTimeout, request.timeoutMs)
    if (this.#signal?.aborted) this.#onAbort()
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** undici calls this right before it writes the request, so from here on the request may have reached the server. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.completed) controller.abort(new Error('The attempt is over.'))
    else this.#controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#maxBodyBytes) this.#chunks.push(chunk)
    else this.fail('too_large', `the answer is longer than ${this.#maxBodyBytes} bytes`)
  }

  onResponseEnd(): void {
    const [first] = this.#chunks
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks)
    this.#finish({
      status: this.#status,
      text: body.toString('utf8'),
      contentType: single(this.#headers['content-type']) ?? '',
      retryAfter: single(this.#headers['retry-after']),
      requestId: single(this.#headers['x-request-id']),
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail('broken', describe(error))
  }

  readonly #onTimeout = (): void => {
    // After this process was blocked, Node fires timers before it reads sockets. Failing one turn later lets an answer that has arrived win.
    setImmediate(() => this.fail('timeout', 'no answer in time'))
  }
  readonly #onAbort = (): void => this.fail('aborted', 'the signal was aborted')

  /** Ends the exchange without an answer, unless it is complete. */
  fail(kind: WireFailure['kind'], detail: string): void {
    if (this.completed) return
    const controller = this.#controller
    this.#finish(new WireFailure(kind, controller !== undefined, detail))
    if (kind !== 'broken') controller?.abort(new Error(detail))
  }

  #finish(result: WireAnswer | WireFailure): void {
    if (this.completed) return
    this.completed = true
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#chunks = []
    this.#complete(result)
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  // A parser error's message quotes bytes of the answer.
  return error.name === 'HTTPParserError' ? `${code}the answer is not HTTP` : `${code}${error.message}`
}
