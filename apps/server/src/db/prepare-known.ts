import type { ISql, Sql, TransactionSql } from 'postgres'

const knownAtMost = 200
/** Lists are spelt out, so that every length is a text of its own. */
const parametersAtMost = 16

/**
 * A client for drizzle that prepares the statements it is sent again and again. Unprepared, each of them is two round
 * trips: one to learn the types of its parameters, one to run it.
 *
 * @example drizzle(prepareKnown(postgres(url)))
 */
export function prepareKnown(client: Sql): Sql {
  const seen = new Set<string>()

  function isKnown(text: string, parameters: number): boolean {
    if (parameters === 0 || parameters > parametersAtMost) return false
    if (seen.has(text)) return true
    if (seen.size < knownAtMost) seen.add(text)
    return false
  }

  function teach<S extends ISql>(sql: S): S {
    const taught = {
      unsafe: (text: string, parameters: Parameters<ISql['unsafe']>[1] = []) =>
        sql.unsafe(text, parameters, { prepare: isKnown(text, parameters.length) }),
      begin: (work: (sql: TransactionSql) => unknown) => client.begin(inner => work(teach(inner))),
    }
    return new Proxy(sql, { get: (target, key) => Reflect.get(key in taught ? taught : target, key) })
  }

  return teach(client)
}
