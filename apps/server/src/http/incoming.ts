import { randomUUID } from 'node:crypto'
import type { Language } from '@easemob-gateway/contracts'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, HonoRequest, MiddlewareHandler } from 'hono'
import type { Incoming } from '../invoke/call.ts'
import { securityHeaders, transportSecurity } from './answer.ts'
import { languageOf } from './language.ts'

/** What the server passes to the app beside the request; absent when a test calls the app without a server. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>
}

/** Reads the properties of an HTTP request that all operations use. */
export type Receive = (c: HonoContext<AppEnv>, adapter: Incoming['adapter']) => Incoming

const safeRequestId = /^[\w.-]{1,64}$/

/** The id of a request: the given one if it is 1 to 64 harmless characters, otherwise a new one. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && safeRequestId.test(given) ? given : randomUUID()
}

/** @param trustProxy whether a proxy sets `X-Forwarded-For` and `X-Forwarded-Proto`, so that they can be believed */
export function createReceive(trustProxy: boolean): Receive {
  return (c, adapter) => new Received(c, adapter, trustProxy)
}

/**
 * A class rather than an object literal: V8 gives every object literal with a getter a shape of its own, which retains the
 * whole request until the next major garbage collection.
 */
class Received implements Incoming {
  readonly adapter: Incoming['adapter']
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

  constructor(c: HonoContext<AppEnv>, adapter: Incoming['adapter'], trustProxy: boolean) {
    this.adapter = adapter
    this.#request = c.req
    this.authorization = c.req.header('authorization')
    this.queryToken = c.req.url.includes('?') ? c.req.query('token') : undefined
    this.address = addressOf(c, trustProxy)
    this.secure = trustProxy && c.req.header('x-forwarded-proto') === 'https'
    this.requestId = requestIdOf(headerOf(c, 'x-request-id'))
    this.language = languageOf(headerOf(c, 'accept-language'), adapter === 'rest' ? 'zh' : 'en')
  }

  /** A getter, since creating a signal for every request costs time and few operations use it. */
  get signal(): AbortSignal {
    return this.#request.raw.signal
  }
}

/** Middleware that adds the security headers and the request id to pages and health probes. */
export function pageHeaders(trustProxy: boolean): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'))
    await next()
    const secure = trustProxy && c.req.header('x-forwarded-proto') === 'https'
    const headers = { ...securityHeaders, ...(secure ? transportSecurity : {}), 'x-request-id': requestId }
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  }
}

/** Reads a header as Node has parsed it. Not for `authorization`: Node silently drops a second one. */
export function headerOf(c: HonoContext<AppEnv>, name: string): string | undefined {
  const value = c.env?.incoming ? c.env.incoming.headers[name] : c.req.header(name)
  return typeof value === 'string' ? value : undefined
}

function addressOf(c: HonoContext<AppEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded?.slice(0, 64) || (c.env?.incoming?.socket.remoteAddress ?? 'unknown')
}
