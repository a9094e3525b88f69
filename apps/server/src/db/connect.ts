import type { Database } from './database.ts'

/**
 * Opens a database and applies missing migrations; several processes may do so at once.
 *
 * @param url `postgres://…`, `memory://`, or the path of a PGlite folder
 * @throws the driver's error when the server cannot be reached or refuses; the caller decides whether to wait
 * @example const database = await connect('memory://')
 */
export async function connect(url: string): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).connectPostgres(url)
  return (await import('./pglite.ts')).connectPglite(url)
}
