/**
 * The token of a request: of the `Authorization: Bearer` header, which wins, or of `?token=`.
 * @returns null where there is none; the empty string for a header of another scheme, which no token equals
 */
export function bearerToken(authorization: string | undefined, query: string | undefined): string | null {
  if (authorization === undefined) return query === undefined || query === '' ? null : query
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ''
}
