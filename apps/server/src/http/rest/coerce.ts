import { unwrap } from '@easemob-gateway/contracts'
import type { z } from 'zod'

/**
 * Reads a value of the legacy wire as its schema wants it: strings for everything, `0` and `1` for booleans, commas for
 * lists. What cannot be read is left as it is, for the schema to refuse. The schema is not touched.
 *
 * @example coerce(z.boolean(), 'false') // false
 * @example coerce(z.array(z.string()), '1, 2,,2') // ['1', '2', '2']
 */
export function coerce(schema: z.core.$ZodType, value: unknown): unknown {
  const kind = kindOf(schema)
  if (kind === 'array') return toList(value)
  // A key that was repeated, where one value is wanted: the last one counts.
  const single = value instanceof Repeated ? value.values.at(-1) : value
  if (kind === 'boolean') return toBoolean(single)
  if (kind === 'number') return toNumber(single)
  if (kind === 'string' && typeof single === 'number') return String(single)
  return typeof single === 'string' ? single.trim() : single
}

/** Values of a key that stood several times in a query or a form; a JSON array is not one of these. */
export class Repeated {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** Absent, as the legacy callers mean it. */
export function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (value instanceof Repeated && value.values.every(isAbsent))
  )
}

const kinds = new WeakMap<z.core.$ZodType, string>()

function kindOf(schema: z.core.$ZodType): string {
  const known = kinds.get(schema)
  if (known) return known
  const kind = unwrap(schema)._zod.def.type
  kinds.set(schema, kind)
  return kind
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
