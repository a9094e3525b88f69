import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { Contract } from './contract/index.ts'
import type { Reason } from './errors.ts'
import type { AnyContract } from './handlers.ts'
import type { Operation } from './operation.ts'

/** The procedure that tRPC builds of an operation. */
export type ProcedureOf<O extends Operation> = O['kind'] extends 'query'
  ? TRPCQueryProcedure<{ input: z.input<O['input']>; output: z.output<O['output']>; meta: unknown }>
  : O['kind'] extends 'mutation'
    ? TRPCMutationProcedure<{ input: z.input<O['input']>; output: z.output<O['output']>; meta: unknown }>
    : TRPCSubscriptionProcedure<{
        input: z.input<O['input']>
        output: AsyncIterable<{ id: string; data: z.output<O['output']> }, void, unknown>
        meta: unknown
      }>

/** The record of a whole contract. */
export type RouterRecordOf<C extends AnyContract> = {
  [Domain in keyof C]: { [Name in keyof C[Domain]]: ProcedureOf<C[Domain][Name]> }
}

/** An error as tRPC clients see it in `error.data`. */
export interface ErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & {
    reason: Reason
    fields?: Record<string, string[]>
    retryAfter?: number
    requestId?: string
  }
}

/** The router's type, made of the contract alone: clients never import the server. */
export type RouterOf<C extends AnyContract> = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  RouterRecordOf<C>
>

/** The gateway's tRPC router: what `createTRPCClient<ApiRouter>` is typed by. */
export type ApiRouter = RouterOf<Contract>
