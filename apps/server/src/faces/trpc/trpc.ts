import { GatewayError } from '@easemob-gateway/contracts'
import { trpcServer } from '@hono/trpc-server'
import { getTRPCErrorShape } from '@trpc/server'
import { Hono, type Context as HonoContext } from 'hono'
import { answerHeaders } from '../answer-headers.ts'
import { toGatewayError } from '../errors.ts'
import { type AppEnv, incomingOf } from '../incoming.ts'
import type { Incoming, Invoke } from '../procedure.ts'
import { readBytes } from '../read-bytes.ts'
import { toTrpcError } from './errors.ts'
import { createLightPath } from './light.ts'
import { createRouter } from './router.ts'

const endpoint = '/trpc'
const callsPerBatch = 50
// What the official adapter says of every answer.
const adapterHeaders = { 'content-type': 'application/json', vary: 'trpc-accept, accept' }

/** The tRPC face: single calls take the light path, batches and subscriptions the official adapter. */
export function trpcFace(invoke: Invoke): Hono<AppEnv> {
  const router = createRouter(invoke)
  const light = createLightPath(invoke, router)
  const incomings = new WeakMap<Request, Incoming>()
  const official = trpcServer({
    endpoint,
    router,
    createContext: ({ req }, c: HonoContext<AppEnv>) => ({
      incoming: incomings.get(c.req.raw) ?? incomingOf(c, 'trpc'),
      req,
    }),
    responseMeta({ ctx, errors }) {
      const incoming = ctx && 'incoming' in ctx ? incomings.get(ctx.req) : undefined
      const first = errors[0]?.cause
      return incoming
        ? { headers: answerHeaders(incoming, first instanceof GatewayError ? first : undefined) }
        : {}
    },
  })

  async function single(c: HonoContext<AppEnv>, path: string, incoming: Incoming): Promise<Response | null> {
    const { method } = c.req
    if (c.req.query('batch') !== undefined || c.req.header('trpc-accept') !== undefined) return null
    if (method === 'POST' && !/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return null
    const input = async () => (method === 'GET' ? (c.req.query('input') ?? null) : await c.req.text())
    const answer = await light(method, path, input, incoming)
    if (!answer) return null
    const headers = { ...adapterHeaders, ...answerHeaders(incoming, answer.error) }
    return new Response(answer.body, { status: answer.status, headers })
  }

  function refuse(error: GatewayError, path: string, incoming: Incoming): Response {
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error: toTrpcError(error, incoming.language),
      type: 'unknown',
      path,
      input: undefined,
      ctx: { incoming },
    })
    const headers = { ...adapterHeaders, ...answerHeaders(incoming, error) }
    return new Response(JSON.stringify({ error: shape }), { status: error.status, headers })
  }

  return new Hono<AppEnv>().all(`${endpoint}/*`, async c => {
    const incoming = incomingOf(c, 'trpc')
    const path = c.req.path.slice(endpoint.length + 1)
    incomings.set(c.req.raw, incoming)
    try {
      if (c.req.method === 'POST') await readBytes(c.req)
      if (path.split(',').length > callsPerBatch)
        throw new GatewayError('VALIDATION_FAILED', { fields: { batch: [`at most ${callsPerBatch} calls`] } })
      return (await single(c, path, incoming)) ?? (await official(c, async () => {})) ?? c.body(null, 404)
    } catch (error) {
      return refuse(toGatewayError(error), path, incoming)
    }
  })
}
