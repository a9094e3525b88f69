import type { ISql, Sql, TransactionSql } from 'postgres'

const maxPrepared = 200
/** drizzle gives every item of a list a parameter, so lists of different lengths are different statements. */
const maxParameters = 16

/**
 * Wraps a client for drizzle so that a statement is prepared when it is run for the second time. An unprepared one takes
 * two round trips: one for the types of its parameters, one to run it.
 *
 * @example drizzle(prepareKnown(postgres(url)))
 */
export function prepareKnown(client: Sql): Sql {
  const seen = new Set<string>()

  function isRepeated(text: string, parameters: number): boolean {
    if (parameters === 0 || parameters > maxParameters) return false
    if (seen.has(text)) return true
    if (seen.size < maxPrepared) seen.add(text)
    return false
  }

  function wrap<S extends ISql>(sql: S): S {
    const replaced = {
      unsafe: (text: string, parameters: Parameters<ISql['unsafe']>[1] = []) =>
        sql.unsafe(text, parameters, { prepare: isRepeated(text, parameters.length) }),
      begin: (work: (sql: TransactionSql) => unknown) => client.begin(inner => work(wrap(inner))),
    }
    return new Proxy(sql, { get: (target, key) => Reflect.get(key in replaced ? replaced : target, key) })
  }

  return wrap(client)
}
