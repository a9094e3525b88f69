import { getTRPCErrorShape } from '@trpc/server'
import { toGatewayError } from '../errors.ts'
import { type Incoming, type Invoke, operations } from '../procedure.ts'
import { toTrpcError } from './errors.ts'
import type { createRouter } from './router.ts'

/** What a single, unbatched call answers. */
export interface LightAnswer {
  readonly status: number
  readonly body: string
  readonly error: ReturnType<typeof toGatewayError> | undefined
}

/**
 * The light path of the tRPC face: one query or mutation straight to `invoke`, byte for byte what the official adapter
 * answers, at a fraction of its cost.
 *
 * @returns null for whatever is not plainly one well-formed call: that goes to the official adapter
 */
export function createLightPath(invoke: Invoke, router: ReturnType<typeof createRouter>) {
  const config = router._def._config
  return async (
    method: string,
    path: string,
    rawInput: () => Promise<string | null>,
    incoming: Incoming,
  ): Promise<LightAnswer | null> => {
    const bound = operations.get(path)
    if (
      !bound ||
      bound.operation.kind !== (method === 'GET' ? 'query' : method === 'POST' ? 'mutation' : 'other')
    )
      return null
    const text = await rawInput()
    let input: unknown
    try {
      input = text === null || text === '' ? undefined : JSON.parse(text)
    } catch {
      return null
    }
    try {
      const data = await invoke(bound, incoming, input)
      return { status: 200, body: JSON.stringify({ result: { data } }), error: undefined }
    } catch (caught) {
      const known = toGatewayError(caught)
      const error = toTrpcError(known, incoming.language)
      const shape = getTRPCErrorShape({
        config,
        error,
        type: bound.operation.kind,
        path,
        input,
        ctx: { incoming },
      })
      return { status: known.status, body: JSON.stringify({ error: shape }), error: known }
    }
  }
}
