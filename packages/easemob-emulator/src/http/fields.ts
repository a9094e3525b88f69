/** A JSON object whose fields are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object: no array, not null. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is an array of strings. */
export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string')

/** A non-empty string, else undefined. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A JSON boolean, or the strings "true" and "false" that some SDKs send; else undefined. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return undefined
}

/** A finite number, also when written as a string; else undefined. */
export function number(value: unknown): number | undefined {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** A whole number of the query, lowered to `max`; `fallback` when it is absent, not whole or below `min`. */
export function bounded(value: string | null, min: number, max: number, fallback: number): number {
  const found = value === null ? Number.NaN : Number(value)
  return Number.isInteger(found) && found >= min ? Math.min(found, max) : fallback
}

/** The strings without duplicates, in order of first appearance. */
export const unique = (values: readonly string[]): string[] => [...new Set(values)]
