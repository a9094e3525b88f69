import { z } from 'zod'
import { givenObject, jsonObject, text, time, userId } from './common.ts'

const optionalText = (max: number) => text.max(max).nullable().optional()
const object = givenObject.nullable().optional()

const earliest = new Date('0001-01-01T00:00:00Z')
const latest = new Date('9999-12-31T23:59:59.999Z')

/** A time of an imported row: ISO 8601, or `YYYY-MM-DD HH:MM:SS` in UTC; parsed to an ISO string in UTC. */
const importTime = z.string().transform((value, context) => {
  const legacy = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)
  const iso = legacy ? `${value.replace(' ', 'T')}Z` : value
  const at = /^\d{4}-\d\d-\d\d(T|$)/.test(iso) ? new Date(iso) : new Date(Number.NaN)
  // Postgres has no year 0, and a UTC offset may lead past the year 9999.
  if (at >= earliest && at <= latest) return at.toISOString()
  context.issues.push({
    code: 'custom',
    input: value,
    message: 'not a time: write YYYY-MM-DD HH:MM:SS (UTC)',
  })
  return z.NEVER
})

/**
 * One row of `users.import`, an upsert by `id`. An absent field stays unchanged (`updated_at` becomes the current time), and `null` clears it.
 * `deleted_at` hides the user and deactivates their IM account; `null` restores both.
 * @example userRow.parse({ id: 2, name: '花儿', deleted_at: null }).id // '2'
 */
export const userRow = z.object({
  id: z.union([userId, z.int().positive().transform(String)]),
  name: text.trim().min(1).max(255),
  bio: optionalText(2000),
  sex: z.int().min(0).max(2).optional(),
  location: optionalText(255),
  created_at: importTime.optional(),
  updated_at: importTime.optional(),
  avatar: optionalText(1024),
  bg: optionalText(1024),
  verified: object,
  extra: object,
  certification: object,
  deleted_at: importTime.nullable().optional(),
})

/** A row as a caller writes it. */
export type UserRow = z.input<typeof userRow>

/** Whether a user has an IM account; with `failed`, the field `failure` holds the vendor's reason. */
export const registered = z.enum(['yes', 'no', 'failed'])

/** An imported user and the state of their IM account. */
export const user = z.object({
  id: userId,
  name: z.string(),
  bio: z.string().nullable(),
  sex: z.int(),
  location: z.string().nullable(),
  created_at: time,
  updated_at: time,
  avatar: z.string().nullable(),
  bg: z.string().nullable(),
  verified: jsonObject.nullable(),
  extra: jsonObject.nullable(),
  certification: jsonObject.nullable(),
  deleted_at: time.nullable(),
  registered,
  failure: z.string().nullable().describe('why the last registration failed'),
})
