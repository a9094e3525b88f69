import type { GatewayError } from '@easemob-gateway/contracts'
import { getTRPCErrorShape } from '@trpc/server'
import type { Context as HonoContext } from 'hono'
import type { Incoming, Invoke } from '../../invoke/call.ts'
import { toGatewayError } from '../../invoke/errors.ts'
import { operations } from '../../invoke/operations.ts'
import { type AppEnv, headerOf } from '../incoming.ts'
import { type Json, toJson } from '../json.ts'
import { toTrpcError } from './errors.ts'
import type { createRouter } from './router.ts'

/** The answer of a single call. */
export interface DirectAnswer {
  readonly status: number
  readonly body: Json
  readonly error: GatewayError | undefined
}

/**
 * The direct path of the tRPC adapter: passes a single query or mutation to `invoke`, and answers the same bytes as the
 * official adapter in a third of its time.
 *
 * @returns a function that resolves to null for a batch, a subscription or a malformed call, which the official adapter has
 * to answer
 */
export function createDirectPath(invoke: Invoke, router: ReturnType<typeof createRouter>) {
  const config = router._def._config
  return async (
    c: HonoContext<AppEnv>,
    path: string,
    body: Uint8Array | null,
    incoming: Incoming,
  ): Promise<DirectAnswer | null> => {
    const named = operations.get(path)
    if (!named || !isSingleCall(c, named.operation.kind)) return null
    const text = body ? decoder.decode(body) : c.req.query('input')
    let input: unknown
    try {
      input = text ? JSON.parse(text) : undefined
    } catch {
      return null
    }
    try {
      const data = await invoke(named, incoming, () => input)
      return { status: 200, body: toJson(data, '{"result":{"data":', '}}'), error: undefined }
    } catch (caught) {
      const problem = toGatewayError(caught)
      const error = toTrpcError(problem, incoming.language)
      const type = named.operation.kind
      const shape = getTRPCErrorShape({ config, error, type, path, input, ctx: { incoming } })
      return { status: problem.status, body: JSON.stringify({ error: shape }), error: problem }
    }
  }
}

const decoder = new TextDecoder()

function isSingleCall(c: HonoContext<AppEnv>, kind: string): boolean {
  const { method, url } = c.req
  if (method === 'GET' ? kind !== 'query' : method !== 'POST' || kind !== 'mutation') return false
  if (method === 'POST' && !isJson(headerOf(c, 'content-type'))) return false
  if (url.includes('?') && (c.req.query('batch') ?? c.req.query('connectionParams')) !== undefined)
    return false
  return headerOf(c, 'trpc-accept') === undefined && !headerOf(c, 'accept')?.includes('jsonl')
}

function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || /^\s*application\/json\s*(;|$)/i.test(contentType ?? '')
}
