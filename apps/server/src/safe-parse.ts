import type { z } from 'zod'

/** What a parse found wrong. */
export type Issues = Pick<z.ZodError, 'issues'>
type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: Issues }

const message = 'holds an object where text or a list is expected'

/**
 * Runs a parse of input that came from outside. zod checks the length of whatever has one, also of an object in place of a
 * text or a list, and throws when that `length` cannot be compared; this makes it an issue like any other.
 * @example const parsed = safeParse(() => userRow.safeParse(row))
 */
export function safeParse<T>(parse: () => Parsed<T>): Parsed<T> {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { success: false, error: { issues: [{ code: 'custom', path: [], message, input: undefined }] } }
  }
}
