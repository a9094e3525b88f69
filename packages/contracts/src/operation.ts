import type { z } from 'zod'
import type { ErrorKey } from './error-table.ts'

/**
 * Who may call an operation, enforced in one place for all adapters (tRPC, REST, CLI). Rules that start with `group.` apply to the group in
 * `im_group_id`. Administrators pass every rule but `self`.
 *
 * - `user`: any signed-in user · `self`: the caller, on their own account, administrators included
 * - `user_id`: the user in `user_id` · `admin`: administrators only
 * - `group.see`: anyone for a public group, else its members; other ids are left out of the answer
 * - `group.own`: the owner · `group.invite`: the owner, and the members if the group allows invites
 * - `group.remove`: the owner, and a member who removes only themselves
 */
export type Access =
  | 'user'
  | 'self'
  | 'user_id'
  | 'admin'
  | 'group.see'
  | 'group.own'
  | 'group.invite'
  | 'group.remove'

/** The legacy REST route of an operation. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path after the base path, with parameters in braces: `/register/{user_id}`. */
  readonly path: `/${string}`
  readonly status: 200 | 201 | 204
  /** The text of the `message` field that is added to an object answer. Without it, the output is the body as it is. */
  readonly message?: string
  /** Input fields that are sent in a header: header name by field. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The definition of an operation. All adapters (tRPC, REST, CLI) and their documentation are built from it. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly summary: string
  readonly access: Access
  /** Errors beyond {@link commonErrors}. */
  readonly errors: readonly ErrorKey[]
  // The compiler compares every operation with these types; with all methods of `z.ZodType` that takes four times as long.
  readonly input: z.core.$ZodType
  /** The answer of a success; of a subscription, the data of each event. `z.null()` for none. */
  readonly output: z.core.$ZodType
  readonly route?: Route
  /** `tenth`: the operation has a tenth of the general rate limit; used for credentials and creations. */
  readonly rate?: 'tenth'
  /** The input field that the audit records as the target of an administrator's action. */
  readonly target?: string
}

/**
 * Defines an operation. Its literals are kept in the type, and a definition that contradicts itself is refused.
 *
 * @throws Error when a 204 route has an output, a path parameter is no input field, or a route has a `message` but no object output
 * @example operation({ kind: 'query', summary: 'Faces of groups', access: 'user', errors: [], input, output, route: { method: 'GET', path: '/group/face', status: 200 } })
 */
export function operation<const O extends Operation>(definition: O): O {
  const { route, input, output, summary } = definition
  if (!route) return definition
  const impossible = (why: string) => new Error(`Impossible operation "${summary}": ${why}`)
  if (route.status === 204 && output._zod.def.type !== 'null') throw impossible('a 204 answer has no body')
  if (route.message && output._zod.def.type !== 'object') throw impossible('a message needs an object output')
  for (const name of pathParameters(route.path))
    if (!(name in inputFields(input))) throw impossible(`path parameter ${name} is not in the input`)
  return definition
}

/**
 * The names of the parameters in a route's path.
 * @example pathParameters('/register/{user_id}') // ['user_id']
 */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), match => match[1] ?? '')
}

/**
 * The fields of an operation's input, by name; empty for an operation without input.
 * @example Object.keys(inputFields(contract.groups.delete.input)) // ['im_group_id']
 */
export function inputFields(schema: z.core.$ZodType): Record<string, z.core.$ZodType> {
  const { def } = unwrap(schema)._zod
  return isObject(def) ? { ...def.shape } : {}
}

/**
 * The schema inside optionals, defaults and transforms, which describes what a caller writes.
 * @example unwrap(z.string().optional())._zod.def.type // 'string'
 */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod
  if (isWrapper(def)) return unwrap(def.innerType)
  return isPipe(def) ? unwrap(def.in) : schema
}

function isObject(def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef {
  return def.type === 'object'
}

function isWrapper(def: z.core.$ZodTypeDef): def is z.core.$ZodOptionalDef {
  return 'innerType' in def
}

function isPipe(def: z.core.$ZodTypeDef): def is z.core.$ZodPipeDef {
  return def.type === 'pipe'
}
