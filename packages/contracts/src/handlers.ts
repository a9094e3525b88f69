import type { z } from 'zod'
import type { CommonError } from './error-table.ts'
import type { ErrorDetails } from './gateway-error.ts'
import type { Operation } from './operation.ts'

/** Operations by domain and name. */
export type AnyContract = Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** Throws an error that the operation declares, or a common one. Any other key does not compile. */
export type Fail<Key extends string> = (key: Key | CommonError, details?: ErrorDetails) => never

/** What every handler receives: the parsed input, and `fail` to throw a declared error. */
export interface CallOf<O extends Operation> {
  readonly input: z.output<O['input']>
  readonly fail: Fail<O['errors'][number]>
}

/** What a handler returns: the output, or for a subscription its events, each with an id to resume from. */
export type ResultOf<O extends Operation> = O['kind'] extends 'subscription'
  ? AsyncIterable<{ id: string; data: z.input<O['output']> }>
  : Promise<z.input<O['output']>>

/**
 * The handlers of a contract: one function per operation, none missing. `Context` is what the server passes to every handler. `Grants` maps an access
 * rule to what passing it adds, such as the group that was checked.
 * @example const handlers: Handlers<typeof contract, Context, Grants> = { groups: { faces: async ({ input }) => … } }
 */
export type Handlers<C extends AnyContract, Context, Grants = object> = {
  readonly [Domain in keyof C]: {
    readonly [Name in keyof C[Domain]]: Handler<C[Domain][Name], Context, Grants>
  }
}

/**
 * The handler of one operation.
 * @example const faces: Handler<Contract['groups']['faces'], Context> = async ({ input }) => facesOf(input.im_group_id)
 */
export type Handler<O extends Operation, Context, Grants = object> = (
  call: CallOf<O> & Context & GrantOf<O['access'], Grants>,
) => ResultOf<O>

type GrantOf<A extends string, Grants> = A extends keyof Grants ? Grants[A] : unknown

/**
 * All operations of a contract, with their paths.
 * @example walk(contract)[0] // ['accounts.register', { kind: 'mutation', … }]
 */
export function walk(contract: AnyContract): [path: string, operation: Operation][] {
  return Object.entries(contract).flatMap(([domain, operations]) =>
    Object.entries(operations).map(([name, operation]): [string, Operation] => [
      `${domain}.${name}`,
      operation,
    ]),
  )
}
