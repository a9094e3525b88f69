import { EasemobError } from '../errors.ts'

/**
 * Encodes one segment of a path. Throws `invalid` on an empty segment, which would turn `DELETE /users/{name}` into the vendor's "delete the
 * oldest users", and on `.` and `..`, which servers remove from paths.
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

/** Whether `segment` accepts the text. Lone surrogates cannot be encoded. */
export function isSegment(value: string): boolean {
  return value !== '' && value !== '.' && value !== '..' && value.isWellFormed()
}

/** A query string with its `?`, without the undefined fields; empty when there are none. */
export function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) pairs.push(`${name}=${encodeURIComponent(value)}`)
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
