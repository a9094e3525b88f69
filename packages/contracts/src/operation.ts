import type { z } from 'zod'
import type { ErrorKey } from './errors.ts'

/**
 * Who may call, enforced in one place for every face. Rules that start with `group.` are about the group named
 * by `im_group_id`; administrators pass every rule but `self`.
 *
 * - `user`: anyone signed in · `self`: acts on the caller's own account, whoever they are
 * - `user_id`: the user named by `user_id` · `admin`: administrators
 * - `group.see`: public group, or a member (ids that may not be seen are left out)
 * - `group.own`: the owner · `group.invite`: the owner, any member if the group allows invites
 * - `group.remove`: the owner, or a member who removes only themself
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
  /** Below the base path, parameters in braces: `/register/{user_id}`. */
  readonly path: `/${string}`
  readonly status: 200 | 201 | 204
  /** The success text put into `message` of an object answer. Without it the output is the body as it stands. */
  readonly message?: string
  /** Input fields that travel in a header. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One operation: the only definition that every face is made from. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly summary: string
  readonly access: Access
  /** Errors beyond {@link commonErrors}. */
  readonly errors: readonly ErrorKey[]
  // Every operation is held against these: with all the methods of `z.ZodType` that costs four times as much.
  readonly input: z.core.$ZodType
  /** What a success answers; of a subscription, what each event carries. `z.null()`: nothing. */
  readonly output: z.core.$ZodType
  readonly route?: Route
  /** `tenth`: a tenth of the general rate limit, for credentials and creations. */
  readonly rate?: 'tenth'
  /** The input field that names what an administrator acted on, for the audit. */
  readonly target?: string
}

/**
 * Defines an operation, keeping its literals for the types, and refuses an impossible one at once.
 * @throws Error when a 204 route has an output, a path parameter is no input field, or a route message has no object to go into.
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

/** Names of the parameters in a route's path. */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), match => match[1] ?? '')
}

/** The fields of an operation's input, by name; empty for an operation without input. */
export function inputFields(schema: z.core.$ZodType): Record<string, z.core.$ZodType> {
  const { def } = unwrap(schema)._zod
  return isObject(def) ? { ...def.shape } : {}
}

/** What stands in a schema when optionals, defaults and transforms are taken off: what a caller writes. */
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
