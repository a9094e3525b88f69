/**
 * A Postgres array literal, to be bound as one value: a statement with one parameter stays the same however long the
 * list, so it is planned once.
 * @example arrayLiteral(['1', '2']) // '{"1","2"}', for `= any($1::bigint[])`
 */
export function arrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map(elementOf).join(',')}}`
}

function elementOf(value: string | null): string {
  if (value === null) return 'null'
  return `"${special.test(value) ? value.replace(/[\\"]/g, '\\$&') : value}"`
}

const special = /[\\"]/
