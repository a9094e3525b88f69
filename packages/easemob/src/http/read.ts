import { z } from 'zod'

/** Ids are strings of digits; a number is taken as long as it is exact. */
export const idSchema = z.union([z.string().min(1), z.int().transform(String)])

/** The vendor says "yes" in four ways, by endpoint and year. */
export function isYes(value: unknown): boolean {
  return value === true || value === 'true' || value === 'success' || value === 'ok'
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The field of an object when it is an array, else an empty one. */
export function listOf(json: unknown, field: string): readonly unknown[] {
  const value = isObject(json) ? json[field] : undefined
  return Array.isArray(value) ? value : []
}

/** A non-empty string, or an exact whole number written out. */
export function asId(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined
}

/** The cursor of a list answer; null where there is none. */
export function cursorOf(json: unknown): string | null {
  return (isObject(json) ? asId(json['cursor']) : undefined) ?? null
}

/** For answers whose only news is that they came. */
export function readDone(json: unknown): null | undefined {
  return isObject(json) ? null : undefined
}
