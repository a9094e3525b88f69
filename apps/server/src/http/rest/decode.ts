import { inputFields } from '@easemob-gateway/contracts'
import type { z } from 'zod'
import type { Fields } from './body.ts'
import { coerce, isAbsent } from './coerce.ts'
import type { Routed } from './routes.ts'

/** Where the parameters of a request may be, in order of precedence. */
export interface Sources {
  readonly path: Readonly<Record<string, string>>
  readonly body: Fields
  readonly query: Fields
  readonly header: (name: string) => string | undefined
}

const fieldsOf = new WeakMap<z.core.$ZodType, [string, z.core.$ZodType][]>()

/**
 * Collects the input of an operation from a legacy request: the fields of the schema, from the path before the body before
 * the query; an empty text counts as absent. The input is not validated yet.
 */
export function decode(
  { operation, route }: Routed,
  { path, body, query, header }: Sources,
): Record<string, unknown> {
  let fields = fieldsOf.get(operation.input)
  if (!fields) {
    fields = Object.entries(inputFields(operation.input))
    fieldsOf.set(operation.input, fields)
  }
  const input: Record<string, unknown> = {}
  for (const [name, schema] of fields) {
    const inHeader = route.headers?.[name]
    const given = inHeader === undefined ? [path[name], body.get(name), query.get(name)] : [header(inHeader)]
    const value = given.find(candidate => !isAbsent(candidate))
    if (value !== undefined) input[name] = coerce(schema, value)
  }
  return input
}
