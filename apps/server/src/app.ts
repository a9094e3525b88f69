import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { createTokens } from './auth/tokens.ts'
import type { Services } from './context.ts'
import { docsFace } from './faces/docs/docs.ts'
import { toGatewayError } from './faces/errors.ts'
import { healthFace } from './faces/health.ts'
import { type AppEnv, addressOf, requestIdOf } from './faces/incoming.ts'
import { createLimits } from './faces/limits.ts'
import { createInvoke } from './faces/procedure.ts'
import { encodeError } from './faces/rest/encode.ts'
import { restFace } from './faces/rest/rest.ts'
import { trpcFace } from './faces/trpc/trpc.ts'

/**
 * The whole HTTP side. A worker answers only about its health.
 * @example serve({ fetch: createApp(services).fetch, port: 3000 })
 */
export function createApp(services: Services): Hono<AppEnv> {
  const { env } = services
  const limits = createLimits(env.rateLimitPerMinute)
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'))
    c.set('requestId', requestId)
    c.set('address', addressOf(c, env.trustProxy))
    await next()
    c.res.headers.set('x-request-id', requestId)
  })
  const behindTls = env.trustProxy ? 'max-age=31536000; includeSubDomains' : false
  app.use(
    secureHeaders({
      xFrameOptions: 'DENY',
      strictTransportSecurity: behindTls,
      crossOriginResourcePolicy: false,
    }),
  )
  if (env.corsOrigins.length > 0)
    app.use(
      cors({ origin: [...env.corsOrigins], exposeHeaders: ['x-request-id', 'retry-after'], maxAge: 600 }),
    )
  app.route('/', healthFace(services))
  if (env.role === 'worker') return app

  app.use('*', async (c, next) => {
    try {
      await limits.address(c.get('address'))
    } catch (caught) {
      const error = toGatewayError(caught)
      const { body, status } = encodeError(error, 'zh')
      const headers = {
        'content-type': 'application/json',
        'retry-after': String(error.details.retryAfter ?? 1),
      }
      return new Response(body, { status, headers })
    }
    return next()
  })
  const invoke = createInvoke(services, createTokens(env), limits)
  app.route('/', restFace(invoke))
  app.route('/', trpcFace(invoke))
  app.route('/', docsFace())
  return app
}
