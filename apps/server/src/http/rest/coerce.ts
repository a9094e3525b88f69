import { unwrap } from '@easemob-gateway/contracts'
import type { z } from 'zod'

/**
 * Converts a value of a legacy request to the type of its schema: legacy callers send texts for all types, `0` and `1` for
 * booleans, and commas in lists. A value that cannot be converted is returned unchanged, for the schema to refuse.
 *
 * @example coerce(z.boolean(), 'false') // false
 * @example coerce(z.array(z.string()), '1, 2,,2') // ['1', '2', '2']
 */
export function coerce(schema: z.core.$ZodType, value: unknown): unknown {
  const type = typeOf(schema)
  if (type === 'array') return toList(value)
  // The last one of repeated values counts where the schema has one.
  const single = value instanceof Repeated ? value.values.at(-1) : value
  if (type === 'boolean') return toBoolean(single)
  if (type === 'number') return toNumber(single)
  if (type === 'string' && typeof single === 'number') return String(single)
  return typeof single === 'string' ? single.trim() : single
}

/** The values of a name that occurs several times in a query or a form, as opposed to a JSON array. */
export class Repeated {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** Whether a value counts as absent in a legacy request: null, an empty text, or repeated values that are all absent. */
export function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (value instanceof Repeated && value.values.every(isAbsent))
  )
}

const types = new WeakMap<z.core.$ZodType, string>()

function typeOf(schema: z.core.$ZodType): string {
  const known = types.get(schema)
  if (known) return known
  const type = unwrap(schema)._zod.def.type
  types.set(schema, type)
  return type
}

function toList(value: unknown): unknown {
  const values = value instanceof Repeated ? value.values : Array.isArray(value) ? value : [value]
  return values.flatMap((item): unknown[] => {
    if (typeof item === 'string')
      return item
        .split(',')
        .map(piece => piece.trim())
        .filter(piece => piece !== '')
    return [typeof item === 'number' ? String(item) : item]
  })
}

function toBoolean(value: unknown): unknown {
  const text = typeof value === 'string' ? value.trim() : value
  if (text === 'true' || text === '1' || text === 1) return true
  if (text === 'false' || text === '0' || text === 0) return false
  return value
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*-?\d+\s*$/.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
