import {
  initTRPC,
  type TRPCMutationProcedure,
  type TRPCQueryProcedure,
  type TRPCSubscriptionProcedure,
  tracked,
} from '@trpc/server'
import type { Incoming, Invoke, NamedOperation } from '../../invoke/call.ts'
import { toGatewayError } from '../../invoke/errors.ts'
import { operations } from '../../invoke/operations.ts'
import { formatError, toTrpcError } from './errors.ts'

/** The context of a procedure call. */
export interface TrpcContext {
  readonly incoming: Incoming
}

type AnyProcedure =
  | TRPCQueryProcedure<{ meta: unknown; input: unknown; output: unknown }>
  | TRPCMutationProcedure<{ meta: unknown; input: unknown; output: unknown }>
  | TRPCSubscriptionProcedure<{
      meta: unknown
      input: unknown
      output: AsyncIterable<unknown, void, unknown>
    }>

const anything = (input: unknown): unknown => input

/** Makes the router of the whole contract; its procedures call `invoke`. Clients take their types from the contract. */
export function createRouter(invoke: Invoke) {
  const t = initTRPC.context<TrpcContext>().create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => formatError(shape, error, ctx?.incoming.requestId),
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
  })

  const call = async (named: NamedOperation, { incoming }: TrpcContext, input: unknown): Promise<unknown> => {
    try {
      return await invoke(named, incoming, () => input)
    } catch (error) {
      throw toTrpcError(toGatewayError(error), incoming.language)
    }
  }

  async function* events(named: NamedOperation, ctx: TrpcContext, input: unknown) {
    const source = await call(named, ctx, input)
    try {
      for await (const event of isEvents(source) ? source : []) yield tracked(event.id, event.data)
    } catch (error) {
      throw toTrpcError(toGatewayError(error), ctx.incoming.language)
    }
  }

  function procedure(named: NamedOperation): AnyProcedure {
    const base = t.procedure.input(anything)
    if (named.operation.kind === 'query') return base.query(({ ctx, input }) => call(named, ctx, input))
    if (named.operation.kind === 'mutation') return base.mutation(({ ctx, input }) => call(named, ctx, input))
    return base.subscription(({ ctx, input }) => events(named, ctx, input))
  }

  const record: Record<string, Record<string, AnyProcedure>> = {}
  for (const named of operations.values()) {
    const [domain = '', name = ''] = named.path.split('.')
    record[domain] = { ...record[domain], [name]: procedure(named) }
  }
  return t.router(record)
}

function isEvents(value: unknown): value is AsyncIterable<{ id: string; data: unknown }> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
