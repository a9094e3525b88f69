import { GatewayError } from '@easemob-gateway/contracts'
import { trpcServer } from '@hono/trpc-server'
import { getTRPCErrorShape } from '@trpc/server'
import { Hono, type Context as HonoContext } from 'hono'
import type { Incoming, Invoke } from '../../invoke/call.ts'
import { toGatewayError } from '../../invoke/errors.ts'
import type { Limits } from '../../invoke/limits.ts'
import { answer } from '../answer.ts'
import type { AppEnv, Receive } from '../incoming.ts'
import { readBytes } from '../read-bytes.ts'
import { createDirectPath } from './direct-path.ts'
import { toTrpcError } from './errors.ts'
import { createRouter } from './router.ts'

const endpoint = '/trpc'
const callsPerBatch = 50
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])
// The headers that the official adapter sets on every response.
const adapterHeaders = { vary: 'trpc-accept, accept', 'content-type': 'application/json' }

/** The tRPC adapter: single calls take the direct path, batches and subscriptions the official adapter. */
export function trpcAdapter(invoke: Invoke, limits: Limits, receive: Receive): Hono<AppEnv> {
  const router = createRouter(invoke)
  const direct = createDirectPath(invoke, router)

  /** The body has been read before; Hono returns the same bytes again. */
  async function official(c: HonoContext<AppEnv>, incoming: Incoming): Promise<Response> {
    const adapter = trpcServer({ endpoint, router, createContext: () => ({ incoming }) })
    const response = await adapter(c, async () => {})
    if (!response) throw new Error('The tRPC adapter did not answer')
    const headers: Record<string, string> = { ...adapterHeaders, ...Object.fromEntries(response.headers) }
    // The headers of a stream are sent before its actor is known, so they show the limit of the network. The adapter's
    // `cache-control` would let proxies store streams.
    if (headers['cache-control']) headers['cache-control'] = 'no-store, no-transform'
    return answer(incoming, response.status, response.body, headers, incoming.limited)
  }

  async function call(c: HonoContext<AppEnv>, path: string, incoming: Incoming): Promise<Response> {
    const request = c.req
    incoming.allowance = limits.address(incoming.address)
    if (path.includes(',') && path.split(',', callsPerBatch + 1).length > callsPerBatch)
      throw new GatewayError('VALIDATION_FAILED', { fields: { batch: [`at most ${callsPerBatch} calls`] } })
    // The official adapter fails with some other methods, TRACE for one.
    if (!methods.has(request.method))
      throw new GatewayError('METHOD_NOT_ALLOWED', { values: { method: request.method, allow: 'GET, POST' } })
    const bodiless = request.method === 'GET' || request.method === 'HEAD'
    const body = bodiless ? null : await readBytes(request)
    const done = await direct(c, path, body, incoming)
    if (!done) return official(c, incoming)
    return answer(incoming, done.status, done.body, adapterHeaders, done.error)
  }

  function refuse(incoming: Incoming, path: string, error: GatewayError): Response {
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error: toTrpcError(error, incoming.language),
      type: 'unknown',
      path,
      input: undefined,
      ctx: { incoming },
    })
    return answer(incoming, error.status, JSON.stringify({ error: shape }), adapterHeaders, error)
  }

  return new Hono<AppEnv>().all(`${endpoint}/*`, async c => {
    const incoming = receive(c, 'trpc')
    const path = c.req.path.slice(endpoint.length + 1)
    try {
      return await call(c, path, incoming)
    } catch (error) {
      return refuse(incoming, path, toGatewayError(error))
    }
  })
}
