/// <reference path="./undici-pool.d.ts" />
// undici's own entry also loads fetch, mocks and caches, which costs more than twice the processor time of the pool alone at every start.
import Pool from 'undici/lib/dispatcher/pool.js'
import { Exchange } from './exchange.ts'
import type { WireAnswer, WireFailure, WireRequest } from './wire.ts'

/** Sends requests to one host over a pool of keep-alive connections. Nothing else in this package opens a socket. */
export type Transport = {
  send(request: WireRequest): Promise<WireAnswer | WireFailure>
  close(): Promise<void>
}

/** `origin`: scheme, host and port. Sizes in bytes, times in ms. */
export type TransportOptions = {
  origin: string
  maxConnections: number
  maxBodyBytes: number
  connectTimeoutMs: number
}

/** Creates the connection pool. `send` never rejects: a request without an answer resolves with a {@link WireFailure}. */
export function createTransport(options: TransportOptions): Transport {
  const pool = new Pool(options.origin, {
    connections: options.maxConnections,
    pipelining: 1,
    // HTTP/2 would hide which request has been written. undici's timeouts are off because every exchange has its own timer.
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: options.connectTimeoutMs },
  })
  return {
    send: request =>
      new Promise(complete => {
        const exchange = new Exchange(request, options.maxBodyBytes, complete)
        if (exchange.completed) return
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
