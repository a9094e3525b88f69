/** Codes of sockets, of postgres.js, and of a server that starts, stops or has no connection left. */
const downCodes =
  /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|CONNECT_TIMEOUT|CONNECTION_|08|57P0[1-5]|53300)/

/** Whether an error says that the database cannot be reached, rather than that a statement was wrong. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && downCodes.test(error.code)) return true
  return /PGlite is closed/i.test(error.message) || isDatabaseDown(error.cause)
}
