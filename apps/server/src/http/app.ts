import { GatewayError } from '@easemob-gateway/contracts'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import type { Invoke } from '../invoke/call.ts'
import { toGatewayError } from '../invoke/errors.ts'
import type { Limits } from '../invoke/limits.ts'
import { docsPages } from './docs/docs.ts'
import { type Health, healthPages } from './health.ts'
import { type AppEnv, createReceive, pageHeaders } from './incoming.ts'
import { refuse } from './rest/encode.ts'
import { restAdapter } from './rest/rest.ts'
import { trpcAdapter } from './trpc/trpc.ts'

const allowMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const exposed = ['x-request-id', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after']

/** What the app needs. */
export interface AppOptions {
  readonly env: Pick<Env, 'trustProxy' | 'role' | 'corsOrigins'>
  readonly log: Logger
  readonly health: Health
  readonly limits: Limits
  readonly invoke: Invoke
}

/**
 * Makes the HTTP app: health pages, REST and tRPC adapters, documentation. A worker serves the health pages only.
 * @example serve({ fetch: createApp({ env, log, health, limits, invoke }).fetch, port: 3000 })
 */
export function createApp({ env, log, health, limits, invoke }: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const receive = createReceive(env.trustProxy)
  const pages = pageHeaders(env.trustProxy)
  app.notFound(c => {
    const error = new GatewayError('NOT_FOUND', { values: { what: 'no such path' } })
    return refuse(receive(c, 'rest'), error)
  })
  app.onError((error, c) => {
    log.error({ err: error }, 'an adapter failed')
    return refuse(receive(c, 'rest'), toGatewayError(error))
  })
  app.route('/', healthPages(health, pages))
  if (env.role === 'worker') return app

  if (env.corsOrigins.length > 0) {
    // `cors()` answers preflight requests itself, without the headers of the adapters, so `pages` adds them.
    app.options('*', pages)
    app.use(cors({ origin: [...env.corsOrigins], allowMethods, exposeHeaders: exposed, maxAge: 600 }))
  }
  app.route('/', restAdapter(invoke, limits, receive))
  app.route('/', trpcAdapter(invoke, limits, receive))
  app.route('/', docsPages(pages))
  return app
}
