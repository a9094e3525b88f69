import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { z } from 'zod'
import {
  type ApiRouter,
  type Contract,
  type Fail,
  GatewayError,
  type Handler,
  type Handlers,
  operation,
  type RouterRecordOf,
} from '../src/index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

const things = {
  get: operation({
    kind: 'query',
    summary: 'A thing',
    access: 'user',
    errors: ['GROUP_NOT_FOUND'],
    input: z.object({ id: z.string(), size: z.int().default(1) }),
    output: z.object({ name: z.string() }),
  }),
  watch: operation({
    kind: 'subscription',
    summary: 'Things as they come',
    access: 'admin',
    errors: [],
    input: z.object({}),
    output: z.object({ name: z.string() }),
  }),
}
type Small = { things: typeof things }
type Host = { readonly actor: string }
const watch: Handler<typeof things.watch, Host> = async function* () {
  yield { id: '1', data: { name: 'one' } }
}

// A handler gets the parsed input, the host's context and a typed way to fail.
export const complete: Handlers<Small, Host> = {
  things: {
    get: async ({ input, actor, fail }) => {
      holds<Same<typeof input, { id: string; size: number }>>()
      holds<Same<typeof actor, string>>()
      return input.size > 1 ? fail('GROUP_NOT_FOUND') : { name: input.id }
    },
    watch,
  },
}

// @ts-expect-error a missing handler
export const missing: Handlers<Small, Host> = { things: { watch } }

// @ts-expect-error a missing domain
export const empty: Handlers<Small, Host> = {}

export const wrongOutput: Handlers<Small, Host>['things'] = {
  // @ts-expect-error an output that the contract does not promise
  get: async () => ({ title: 'x' }),
  watch,
}

// @ts-expect-error an event without an id could not be resumed from
export const wrongEvent: Handlers<Small, Host>['things']['watch'] = async function* () {
  yield { data: { name: 'one' } }
}

export const undeclared: Handlers<Small, Host>['things']['get'] = async ({ fail }) =>
  // @ts-expect-error an error the operation has not declared
  fail('GROUP_FULL')

export const common: Handlers<Small, Host>['things']['get'] = async ({ fail }) => fail('FORBIDDEN')

export const wrongInput: Handlers<Small, Host>['things']['get'] = async ({ input }) => ({
  // @ts-expect-error a field the input does not have
  name: input.title,
})

// What an access rule has read is handed to the handlers of that rule, and to no other.
type Owned = typeof owned
const owned = operation({
  kind: 'mutation',
  summary: 'Change a thing',
  access: 'group.own',
  errors: [],
  input: z.object({}),
  output: z.null(),
})
interface Grants {
  'group.own': { readonly group: { id: string } }
}
export const granted: Handler<Owned, Host, Grants> = async ({ group }) => {
  holds<Same<typeof group.id, string>>()
  return null
}
// @ts-expect-error the rule `user` grants nothing
export const ungranted: Handler<typeof things.get, Host, Grants> = async ({ group }) => ({ name: group.id })

// @ts-expect-error an operation without an access rule
operation({
  kind: 'query',
  summary: 'Impossible',
  errors: [],
  input: z.object({}),
  output: z.null(),
})
operation({
  kind: 'query',
  summary: 'Impossible',
  // @ts-expect-error an access rule that does not exist
  access: 'anyone',
  errors: [],
  input: z.object({}),
  output: z.null(),
})
operation({
  kind: 'query',
  summary: 'Impossible',
  access: 'user',
  // @ts-expect-error an error that is not in the table
  errors: ['NO_SUCH_ERROR'],
  input: z.object({}),
  output: z.null(),
})
operation({
  kind: 'query',
  summary: 'Impossible',
  access: 'user',
  errors: [],
  // @ts-expect-error an input that is no schema
  input: { id: 'string' },
  output: z.null(),
})
// @ts-expect-error an error that is not in the table
new GatewayError('NO_SUCH_ERROR')

// Kinds become the matching tRPC procedures, errors the declared ones and the common ones.
type Record = RouterRecordOf<Small>['things']
holds<Same<Record['get']['_def']['type'], 'query'>>()
holds<Same<Record['watch']['_def']['type'], 'subscription'>>()
holds<Fail<'GROUP_FULL'> extends (key: 'GROUP_FULL' | 'INTERNAL') => never ? true : false>()

// Callers write what has a default or not, and get what the contract promises.
type CreateInput = inferRouterInputs<ApiRouter>['groups']['create']
holds<Same<CreateInput['members'], string[] | undefined>>()
holds<Same<CreateInput['desc'], string>>()
holds<Same<inferRouterOutputs<ApiRouter>['groups']['create'], { im_group_id: string }>>()
holds<Same<keyof inferRouterInputs<ApiRouter>, keyof Contract>>()
// @ts-expect-error group ids have too many digits for a number
export const numeric: CreateInput['members'] = [2]
