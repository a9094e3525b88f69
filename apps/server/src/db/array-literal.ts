/**
 * A Postgres array literal, to be bound as one value: a statement with one parameter stays the same however long the
 * list, so it is planned once.
 * @example arrayLiteral(['1', '2']) // '{"1","2"}', for `= any($1::bigint[])`
 */
export function arrayLiteral(values: readonly string[]): string {
  return `{${values.map(value => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}
