import { illegalArgument } from '../http/errors.ts'

/** An opaque cursor for the place after (or before) `seq`. */
export const cursorOf = (seq: number): string => Buffer.from(`seq:${seq}`).toString('base64url')

/** The place a cursor stands for; `fallback` where none was sent. */
export function placeOf(cursor: string | null, fallback: number): number {
  if (cursor === null || cursor === '') return fallback
  const match = /^seq:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (match === null) throw illegalArgument('cursor is illegal')
  return Number(match[1])
}
