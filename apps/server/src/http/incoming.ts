import { randomUUID } from 'node:crypto'
import type { Language } from '@easemob-gateway/contracts'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, HonoRequest, MiddlewareHandler } from 'hono'
import type { Incoming } from '../invoke/call.ts'
import { securityHeaders, transportSecurity } from './answer.ts'
import { languageOf } from './language.ts'

/** What the server hands to the app beside the request; absent where a test calls the app without a server. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
}

/** Reads what an HTTP request says that matters to every operation. */
export type Receive = (c: HonoContext<AppEnv>, face: Incoming['face']) => Incoming

const safeRequestId = /^[\w.-]{1,64}$/

/** A request's id: the caller's where it is harmless, else one of ours. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && safeRequestId.test(given) ? given : randomUUID()
}

/** @param trustProxy whether `X-Forwarded-For` and `X-Forwarded-Proto` are a proxy's word, and not the caller's own */
export function createReceive(trustProxy: boolean): Receive {
  return (c, face) => new Received(c, face, trustProxy)
}

/**
 * A class, since an object with a getter of its own gets a shape of its own: V8 keeps every such shape, and with it the
 * whole request, until the next major collection.
 */
class Received implements Incoming {
  readonly face: Incoming['face']
  readonly authorization: string | undefined
  readonly queryToken: string | undefined
  readonly address: string
  readonly secure: boolean
  readonly requestId: string
  readonly language: Language
  actor: Incoming['actor'] = undefined
  allowance: Incoming['allowance'] = undefined
  limited: Incoming['limited'] = undefined
  readonly #request: HonoRequest

  constructor(c: HonoContext<AppEnv>, face: Incoming['face'], trustProxy: boolean) {
    this.face = face
    this.#request = c.req
    this.authorization = c.req.header('authorization')
    this.queryToken = c.req.url.includes('?') ? c.req.query('token') : undefined
    this.address = addressOf(c, trustProxy)
    this.secure = trustProxy && c.req.header('x-forwarded-proto') === 'https'
    this.requestId = requestIdOf(headerOf(c, 'x-request-id'))
    this.language = languageOf(headerOf(c, 'accept-language'), face === 'rest' ? 'zh' : 'en')
  }

  /** Made only for who asks: a signal for every request is a cost of its own. */
  get signal(): AbortSignal {
    return this.#request.raw.signal
  }
}

/** Puts the headers of every answer on those of pages and probes. */
export function pageHeaders(trustProxy: boolean): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'))
    await next()
    const secure = trustProxy && c.req.header('x-forwarded-proto') === 'https'
    const headers = { ...securityHeaders, ...(secure ? transportSecurity : {}), 'x-request-id': requestId }
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  }
}

/** A header from where Node has parsed it already. Not for `authorization`, of which Node drops a second one. */
export function headerOf(c: HonoContext<AppEnv>, name: string): string | undefined {
  const value = c.env?.incoming ? c.env.incoming.headers[name] : c.req.header(name)
  return typeof value === 'string' ? value : undefined
}

function addressOf(c: HonoContext<AppEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded?.slice(0, 64) || (c.env?.incoming?.socket.remoteAddress ?? 'unknown')
}
