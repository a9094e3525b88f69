import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext } from 'hono'
import { languageOf } from './language.ts'
import type { Incoming } from './procedure.ts'

const safeRequestId = /^[\w.-]{1,64}$/

/** A request's id: the caller's where it is harmless, else one of ours. */
export function requestIdOf(given: string | undefined): string {
  return given !== undefined && safeRequestId.test(given) ? given : randomUUID()
}

/** The caller's address; a proxy's word counts only where we are told to trust it. */
export function addressOf(c: HonoContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (forwarded) return forwarded.slice(0, 64)
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** What an HTTP request says that matters to every operation. */
export function incomingOf(c: HonoContext<AppEnv>, face: Incoming['face']): Incoming {
  return {
    face,
    authorization: c.req.header('authorization'),
    queryToken: c.req.query('token'),
    address: c.get('address'),
    requestId: c.get('requestId'),
    language: languageOf(c.req.header('accept-language'), face === 'rest' ? 'zh' : 'en'),
    signal: c.req.raw.signal,
  }
}

/** What the app's own middleware knows of a request. */
export interface AppEnv {
  Variables: { requestId: string; address: string }
}
