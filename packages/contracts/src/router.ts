import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { Contract } from './contract/index.ts'
import type { Reason } from './error-table.ts'
import type { AnyContract } from './handlers.ts'
import type { Operation } from './operation.ts'

/** The tRPC procedure of an operation. */
export type ProcedureOf<O extends Operation> = O['kind'] extends 'query'
  ? TRPCQueryProcedure<{ input: z.input<O['input']>; output: z.output<O['output']>; meta: unknown }>
  : O['kind'] extends 'mutation'
    ? TRPCMutationProcedure<{ input: z.input<O['input']>; output: z.output<O['output']>; meta: unknown }>
    : TRPCSubscriptionProcedure<{
        input: z.input<O['input']>
        output: AsyncIterable<{ id: string; data: z.output<O['output']> }, void, unknown>
        meta: unknown
      }>

/** The tRPC procedures of a contract, by domain and name. */
export type RouterRecordOf<C extends AnyContract> = {
  [Domain in keyof C]: { [Name in keyof C[Domain]]: ProcedureOf<C[Domain][Name]> }
}

/** An error as tRPC clients receive it in `error.data`; `retryAfter` is in seconds. */
export interface ErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & {
    reason: Reason
    fields?: Record<string, string[]>
    retryAfter?: number
    requestId?: string
  }
}

/** The type of a contract's tRPC router. It is derived from the contract alone, so that clients do not import the server. */
export type RouterOf<C extends AnyContract> = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  RouterRecordOf<C>
>

/**
 * The type of the gateway's tRPC router.
 * @example const client = createTRPCClient<ApiRouter>({ links: [httpLink({ url })] })
 */
export type ApiRouter = RouterOf<Contract>
