import { z } from 'zod'

/** An id: a non-empty string, or a whole number small enough to be exact. */
export const idSchema = z.union([z.string().min(1), z.int().transform(String)])

/** Whether a field means yes. The vendor writes it in four ways, by endpoint and year of the documentation. */
export function isYes(value: unknown): boolean {
  return value === true || value === 'true' || value === 'success' || value === 'ok'
}

/** Whether a value is a JSON object: no array, not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The array in a field of an object; empty when there is none. */
export function listOf(json: unknown, field: string): readonly unknown[] {
  const value = isObject(json) ? json[field] : undefined
  return Array.isArray(value) ? value : []
}

/** An id as a string: a non-empty string as it is, an exact whole number in digits; else undefined. */
export function asId(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined
}

/** The cursor of a list answer; null where there is none. */
export function cursorOf(json: unknown): string | null {
  return (isObject(json) ? asId(json['cursor']) : undefined) ?? null
}

/** Reads an answer that carries no data: any JSON object will do. */
export function readDone(json: unknown): null | undefined {
  return isObject(json) ? null : undefined
}
