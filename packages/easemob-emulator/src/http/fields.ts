/** Reading of JSON nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string')

/** A non-empty string, else undefined. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A JSON boolean or the words "true" and "false", which some SDKs send. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return undefined
}

/** A finite number, also written as a string. */
export function number(value: unknown): number | undefined {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** A whole number from the query, at least `min`, at most `max`; `fallback` where it is absent or no such number. */
export function bounded(value: string | null, min: number, max: number, fallback: number): number {
  const found = value === null ? Number.NaN : Number(value)
  return Number.isInteger(found) && found >= min ? Math.min(found, max) : fallback
}

/** Each string once, in order. */
export const unique = (values: readonly string[]): string[] => [...new Set(values)]
