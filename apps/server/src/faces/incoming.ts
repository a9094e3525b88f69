import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { securityHeaders, transportSecurity } from './answer.ts'
import { languageOf } from './language.ts'
import type { Incoming } from './procedure.ts'

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
  return (c, face) => ({
    face,
    authorization: c.req.header('authorization'),
    queryToken: c.req.query('token'),
    address: addressOf(c, trustProxy),
    secure: trustProxy && c.req.header('x-forwarded-proto') === 'https',
    requestId: requestIdOf(c.req.header('x-request-id')),
    language: languageOf(c.req.header('accept-language'), face === 'rest' ? 'zh' : 'en'),
    // Made only for who asks: a signal for every request is a cost of its own.
    get signal() {
      return c.req.raw.signal
    },
  })
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

function addressOf(c: HonoContext<AppEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded?.slice(0, 64) || (c.env?.incoming?.socket.remoteAddress ?? 'unknown')
}
