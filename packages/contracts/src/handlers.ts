import type { z } from 'zod'
import type { CommonError, ErrorDetails } from './errors.ts'
import type { Operation } from './operation.ts'

/** Any tree of operations: domains of named operations. */
export type AnyContract = Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** Throws an error that the operation has declared; another one does not compile. */
export type Fail<Key extends string> = (key: Key | CommonError, details?: ErrorDetails) => never

/** What a handler gets: the parsed input and a typed way to fail. */
export interface CallOf<O extends Operation> {
  readonly input: z.output<O['input']>
  readonly fail: Fail<O['errors'][number]>
}

/** What a handler gives: the output, or for a subscription an event at a time with an id to resume from. */
export type ResultOf<O extends Operation> = O['kind'] extends 'subscription'
  ? AsyncIterable<{ id: string; data: z.input<O['output']> }>
  : Promise<z.input<O['output']>>

/**
 * The handlers of a contract: one function an operation, none may be missing. `Context` is what the host gives to
 * every handler, `Grants` what an access rule adds once it has been passed (the group it was about, for one).
 * @example const handlers: Handlers<typeof contract, Context, Grants> = { groups: { faces: async ({ input }) => … } }
 */
export type Handlers<C extends AnyContract, Context, Grants = object> = {
  readonly [Domain in keyof C]: {
    readonly [Name in keyof C[Domain]]: Handler<C[Domain][Name], Context, Grants>
  }
}

/** The handler of one operation. */
export type Handler<O extends Operation, Context, Grants = object> = (
  call: CallOf<O> & Context & GrantOf<O['access'], Grants>,
) => ResultOf<O>

type GrantOf<A extends string, Grants> = A extends keyof Grants ? Grants[A] : unknown

/** Every operation of a contract with its path: `['groups.create', operation]`. */
export function walk(contract: AnyContract): [path: string, operation: Operation][] {
  return Object.entries(contract).flatMap(([domain, operations]) =>
    Object.entries(operations).map(([name, operation]): [string, Operation] => [
      `${domain}.${name}`,
      operation,
    ]),
  )
}
