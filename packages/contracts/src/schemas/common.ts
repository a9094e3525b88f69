import { z } from 'zod'

const unstorable = { error: 'holds characters that cannot be stored' }

/** A user's id: a positive integer up to 2^53 − 1, as a string of digits. It is the vendor's username as it stands. */
export const userId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .refine(id => Number(id) <= Number.MAX_SAFE_INTEGER)
  .meta({ id: 'UserId', description: 'A user id: a positive integer as a string', example: '2' })

/** A group's id at the vendor: digits only, too many of them for a JavaScript number. */
export const groupId = z
  .string()
  .regex(/^\d{1,32}$/)
  .meta({ id: 'GroupId', description: 'A group id: a string of digits', example: '36036128342017' })

/** Up to 2,000 different user ids; repeated ones count once. */
export const userIds = z.array(userId).max(2000).transform(unique)

/** 1 to 100 different group ids. */
export const groupIds = z.array(groupId).min(1).max(2000).transform(unique).pipe(z.array(groupId).max(100))

/** Text that every part of the system can hold: no NUL, no half of a surrogate pair. */
export const text = z.string().refine(value => value.isWellFormed() && !value.includes('\0'), unstorable)

/** The input of an operation that takes none: absent or `{}`. */
export const noInput = z.object({}).optional()

/** A time in UTC as the legacy callers read it. */
export const time = z
  .string()
  .meta({ description: 'UTC, YYYY-MM-DD HH:MM:SS', example: '2017-12-17 14:34:13' })

/** An opaque cursor of a list, and how many rows a page holds. */
export const page = {
  cursor: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
  limit: z.int().min(1).max(100).default(20),
}

/** A JSON object of the app's own, kept and given back as it is. */
export const jsonObject = z.record(z.string(), z.json()).refine(isStorable, unstorable)
export type JsonObject = z.infer<typeof jsonObject>

/** The same as it comes in. It says what {@link jsonObject} says, but refers to nothing that refers to itself, so it can be compiled. */
export const givenObject = z
  .record(z.string(), z.custom<JsonObject[string]>(isJson))
  .refine(isStorable, unstorable)

/** Of what a JSON text can be read as, only a number too large for any is no JSON. */
function isJson(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson)
  return typeof value === 'number' ? Number.isFinite(value) : value !== undefined
}

/** `JSON.stringify` writes what cannot be stored as an escape. */
function isStorable(value: unknown): boolean {
  return !/\\u(0000|d[89a-f]..)/.test(JSON.stringify(value).replaceAll('\\\\', ''))
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)]
}
