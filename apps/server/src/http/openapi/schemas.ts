import { z } from 'zod'

/** A piece of JSON Schema or of an OpenAPI document. */
export type Json = Record<string, unknown>

/** Turns the contract's schemas into JSON Schema 2020-12; those with an id become components that are referred to. */
export interface SchemaBook {
  /** What a caller may send. */
  input(schema: z.core.$ZodType): Json
  /** What a caller gets. */
  output(schema: z.core.$ZodType): Json
  /** `components.schemas`: what was referred to so far. */
  readonly components: Json
}

/**
 * @throws Error, from its methods, when two different schemas go by one id
 * @example createSchemaBook().output(z.array(groupFace)) // { type: 'array', items: { $ref: '#/components/schemas/GroupFace' } }
 */
export function createSchemaBook(): SchemaBook {
  const components: Json = {}
  const convert = (schema: z.core.$ZodType, io: 'input' | 'output'): Json => {
    const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
    for (const [id, definition] of Object.entries($defs ?? {}))
      share(componentName(id), referring(definition))
    return asJson(referring(own))
  }
  const share = (name: string, definition: unknown) => {
    const text = JSON.stringify(definition)
    if (name in components && JSON.stringify(components[name]) !== text)
      throw new Error(`Two different schemas are called ${name}: give one of them another id`)
    components[name] = definition
  }
  return {
    input: schema => convert(schema, 'input'),
    output: schema => convert(schema, 'output'),
    components,
  }
}

// The only schema that refers to itself without a name of its own is that of any JSON value.
function componentName(id: string): string {
  return id.startsWith('__schema') ? 'AnyJson' : id
}

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? referenceTo(item) : referring(item),
    ]),
  )
}

function referenceTo(local: string): string {
  return `#/components/schemas/${componentName(local.replace('#/$defs/', ''))}`
}

/** Narrows to an object; anything else becomes an empty one. */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
