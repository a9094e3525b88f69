import { EasemobError } from '../errors.ts'

/**
 * One segment of a path, encoded. An empty one would turn `DELETE /users/{name}` into "delete the oldest users", and dots are folded
 * away by servers, so both are refused before anything is sent.
 */
export function segment(value: string, operation: string): string {
  if (isSegment(value)) return encodeURIComponent(value)
  throw new EasemobError(
    `${operation}: ${JSON.stringify(value)} cannot stand in a path. Give a name or an id.`,
    {
      code: 'invalid',
      operation,
    },
  )
}

/** Can it stand in a path as one segment? Lone surrogates cannot be encoded. */
export function isSegment(value: string): boolean {
  return value !== '' && value !== '.' && value !== '..' && value.isWellFormed()
}

/** A query string with its `?`, or nothing. */
export function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) pairs.push(`${name}=${encodeURIComponent(value)}`)
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
