import { z } from 'zod'

/** A part of a JSON Schema or an OpenAPI document. */
export type Json = Record<string, unknown>

/** Converts the contract's schemas to JSON Schema 2020-12; schemas with an id become shared components. */
export interface SchemaBook {
  /** Converts the schema of an input. */
  input(schema: z.core.$ZodType): Json
  /** Converts the schema of an output. */
  output(schema: z.core.$ZodType): Json
  /** `components.schemas`: the shared components so far. */
  readonly components: Json
}

/**
 * @throws Error, from its methods, when two different schemas have the same id
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

// The only recursive schema without an id is that of any JSON value.
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
