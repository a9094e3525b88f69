/**
 * Extracts the token of a request from the `Authorization: Bearer` header or, without that header, from `?token=`.
 * @returns null when there is none; the empty string, which is never valid, for a header of another scheme
 */
export function bearerToken(authorization: string | undefined, query: string | undefined): string | null {
  if (authorization === undefined) return query === undefined || query === '' ? null : query
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ''
}
