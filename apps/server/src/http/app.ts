import { GatewayError } from '@easemob-gateway/contracts'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { createTokens } from '../access/tokens.ts'
import { toGatewayError } from '../invoke/errors.ts'
import { createInvoke } from '../invoke/invoke.ts'
import { createLimits } from '../invoke/limits.ts'
import type { Services } from '../request.ts'
import { docsFace } from './docs/docs.ts'
import { healthFace } from './health.ts'
import { type AppEnv, createReceive, pageHeaders } from './incoming.ts'
import { refuse } from './rest/encode.ts'
import { restFace } from './rest/rest.ts'
import { trpcFace } from './trpc/trpc.ts'

const allowMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const exposed = ['x-request-id', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after']

/**
 * The whole HTTP side. A worker answers only about its health.
 * @example serve({ fetch: createApp(services).fetch, port: 3000 })
 */
export function createApp(services: Services): Hono<AppEnv> {
  const { env, log } = services
  const app = new Hono<AppEnv>()
  const receive = createReceive(env.trustProxy)
  const pages = pageHeaders(env.trustProxy)
  app.notFound(c => {
    const error = new GatewayError('NOT_FOUND', { values: { what: 'no such path' } })
    return refuse(receive(c, 'rest'), error)
  })
  app.onError((error, c) => {
    log.error({ err: error }, 'a face failed')
    return refuse(receive(c, 'rest'), toGatewayError(error))
  })
  app.route('/', healthFace(services, pages))
  if (env.role === 'worker') return app

  if (env.corsOrigins.length > 0) {
    // A browser asks before it sends: that is answered here, and by no face.
    app.options('*', pages)
    app.use(cors({ origin: [...env.corsOrigins], allowMethods, exposeHeaders: exposed, maxAge: 600 }))
  }
  const limits = createLimits(env.rateLimitPerMinute)
  const invoke = createInvoke(services, createTokens(env), limits)
  app.route('/', restFace(invoke, limits, receive))
  app.route('/', trpcFace(invoke, limits, receive))
  app.route('/', docsFace(pages))
  return app
}
