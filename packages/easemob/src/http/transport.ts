/// <reference path="./undici-pool.d.ts" />
// The pool alone: undici's own entry loads fetch, mocks and caches as well, a tenth of a server's start.
import Pool from 'undici/lib/dispatcher/pool.js'
import { Exchange } from './exchange.ts'

/** One HTTP request, as it goes on the wire. */
export type WireRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  token: string | undefined
  body: string | undefined
  /** From the hand-over to the pool until the whole body is read. */
  timeoutMs: number
  signal: AbortSignal | undefined
}

/** One answer, whatever its status. */
export type WireAnswer = {
  status: number
  text: string
  contentType: string
  retryAfter: string | undefined
  requestId: string | undefined
}

/** No answer. `reached` is false only when nothing of the request can have left this machine for the server. */
export class WireFailure {
  readonly kind: 'broken' | 'timeout' | 'aborted' | 'too_large'
  readonly reached: boolean
  /** Code and message of the cause; never the bytes that went over the wire. */
  readonly detail: string
  constructor(kind: WireFailure['kind'], reached: boolean, detail: string) {
    this.kind = kind
    this.reached = reached
    this.detail = detail
  }
}

/** The only place where bytes leave: a pool of kept-alive connections to one host. */
export type Transport = {
  send(request: WireRequest): Promise<WireAnswer | WireFailure>
  close(): Promise<void>
}

export type TransportOptions = {
  origin: string
  maxConnections: number
  maxBodyBytes: number
  connectTimeoutMs: number
}

export function createTransport(options: TransportOptions): Transport {
  const pool = new Pool(options.origin, {
    connections: options.maxConnections,
    pipelining: 1,
    // HTTP/2 would hide which request has been written; attempts carry their own timers.
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.connectTimeoutMs },
  })
  return {
    send: request =>
      new Promise(settle => {
        const exchange = new Exchange(request, options.maxBodyBytes, settle)
        if (exchange.settled) return
        const { method, path, body } = request
        try {
          pool.dispatch({ method, path, headers: headersOf(request), body: body ?? null }, exchange)
        } catch (error) {
          exchange.fail('broken', error instanceof Error ? error.message : 'the request could not be made')
        }
      }),
    close: () => pool.close(),
  }
}

function headersOf({ token, body }: WireRequest): string[] {
  const headers = ['accept', 'application/json']
  if (token !== undefined) headers.push('authorization', `Bearer ${token}`)
  if (body !== undefined) headers.push('content-type', 'application/json')
  return headers
}
