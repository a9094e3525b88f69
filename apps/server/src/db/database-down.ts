/** Error codes of sockets, of postgres.js, and of a server that starts, stops or has no free connection. */
const downCodes =
  /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|CONNECT_TIMEOUT|CONNECTION_|08|57P0[1-5]|53300)/

/** Whether an error means that the database cannot be reached at the moment, so that a retry may succeed. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && downCodes.test(error.code)) return true
  return /PGlite is closed/i.test(error.message) || isDatabaseDown(error.cause)
}
