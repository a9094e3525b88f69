import { z } from 'zod'

const unstorable = { error: 'holds characters that cannot be stored' }

/** A user's id: a positive integer up to 2^53 − 1, as a string of digits. It is also the user's name at the vendor. */
export const userId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .refine(id => Number(id) <= Number.MAX_SAFE_INTEGER)
  .meta({ id: 'UserId', description: 'A user id: a positive integer as a string', example: '2' })

/** A group's id at the vendor: up to 32 digits, more than a JavaScript number can hold. */
export const groupId = z
  .string()
  .regex(/^\d{1,32}$/)
  .meta({ id: 'GroupId', description: 'A group id: a string of digits', example: '36036128342017' })

/** Up to 2,000 user ids; duplicates are removed. */
export const userIds = z.array(userId).max(2000).transform(unique)

/** 1 to 100 group ids; duplicates are removed first. */
export const groupIds = z.array(groupId).min(1).max(2000).transform(unique).pipe(z.array(groupId).max(100))

/** Text that the database can store: without NUL and lone surrogates. */
export const text = z.string().refine(value => value.isWellFormed() && !value.includes('\0'), unstorable)

/** The input of an operation without fields: absent or `{}`. */
export const noInput = z.object({}).optional()

/** A time in UTC in the format of the legacy API. */
export const time = z
  .string()
  .meta({ description: 'UTC, YYYY-MM-DD HH:MM:SS', example: '2017-12-17 14:34:13' })

/** The paging fields of a list: an opaque cursor, and the number of rows in a page. */
export const page = {
  cursor: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
  limit: z.int().min(1).max(100).default(20),
}

/** A JSON object that the app stores and gets back unchanged. */
export const jsonObject = z.record(z.string(), z.json()).refine(isStorable, unstorable)
/** A value of {@link jsonObject}. */
export type JsonObject = z.infer<typeof jsonObject>

/** {@link jsonObject} as an input. It accepts the same values without a recursive schema, so that zod can compile it. */
export const givenObject = z
  .record(z.string(), z.custom<JsonObject[string]>(isJson))
  .refine(isStorable, unstorable)

/** Whether a parsed value can be written as JSON again; only an infinite number, from digits too large for any, cannot. */
function isJson(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson)
  return typeof value === 'number' ? Number.isFinite(value) : value !== undefined
}

/** Whether the database can store the value: `JSON.stringify` writes NUL and lone surrogates as escapes, which are searched for here. */
function isStorable(value: unknown): boolean {
  return !/\\u(0000|d[89a-f]..)/.test(JSON.stringify(value).replaceAll('\\\\', ''))
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)]
}
