import { illegalArgument } from '../http/errors.ts'

/** An opaque cursor for the position after (or before) `seq`. */
export const cursorOf = (seq: number): string => Buffer.from(`seq:${seq}`).toString('base64url')

/** The position of a cursor; `fallback` without a cursor. */
export function positionOf(cursor: string | null, fallback: number): number {
  if (cursor === null || cursor === '') return fallback
  const match = /^seq:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (match === null) throw illegalArgument('cursor is illegal')
  return Number(match[1])
}
