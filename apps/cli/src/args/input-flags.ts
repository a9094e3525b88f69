import { z } from 'zod'
import type { Flag } from './flag.ts'
import { kebab } from './names.ts'

type Schema = z.core.JSONSchema.BaseSchema

/**
 * The flags of an operation, derived from its input schema: one for each field, in the order of the schema.
 * @example inputFlags(contract.groups.create.input) // [{ name: 'groupname', kind: 'text', required: true, … }, …]
 */
export function inputFlags(input: z.core.$ZodType): Flag[] {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return Object.entries(schema.properties ?? {}).map(([field, raw]) => {
    const property = resolve(raw, schema)
    const kind = kindOf(property, schema)
    const choices = property.enum?.map(String)
    return {
      name: kebab(field),
      field,
      kind,
      ...(choices && { choices }),
      required: schema.required?.includes(field) ?? false,
      about: aboutOf(property),
    }
  })
}

function kindOf(property: Schema, root: Schema): Flag['kind'] {
  if (property.enum) return 'choice'
  if (property.type === 'array') {
    const { items } = property
    const item = items === undefined || Array.isArray(items) ? {} : resolve(items, root)
    return item.type === 'string' ? 'list' : 'json'
  }
  if (property.type === 'integer' || property.type === 'number') return 'number'
  if (property.type === 'boolean') return 'boolean'
  return property.type === 'string' ? 'text' : 'json'
}

/** Follows a reference to a named schema; of a type that may be null, takes the type that is not null. */
function resolve(raw: Schema | boolean, root: Schema): Schema {
  if (typeof raw === 'boolean') return {}
  const name = raw.$ref?.replace('#/$defs/', '')
  const named = name === undefined ? undefined : root.$defs?.[name]
  if (named) return { ...raw, ...resolve(named, root) }
  const notNull = raw.anyOf?.find(option => typeof option === 'object' && option.type !== 'null')
  return notNull
    ? { ...resolve(notNull, root), ...(raw.description && { description: raw.description }) }
    : raw
}

function aboutOf({ description, minimum, maximum, maxLength, maxItems, default: fallback }: Schema): string {
  const largest = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  const range = minimum !== undefined && largest !== undefined ? `${minimum} to ${largest}` : undefined
  const length = maxLength === undefined ? undefined : `at most ${maxLength} characters`
  const items = maxItems === undefined ? undefined : `at most ${maxItems}`
  const otherwise = fallback === undefined ? undefined : `default ${JSON.stringify(fallback)}`
  return [description, range, length, items, otherwise].filter(part => part !== undefined).join('; ')
}
