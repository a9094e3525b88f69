import { cell, type Row, table } from './table.ts'
import { columnsOf, pad } from './text.ts'

/**
 * Formats an answer for people: a list of objects as a table, one object as names and values, `null` as `Done.`.
 * @param value - The JSON of the answer.
 * @example render({ database: { kind: 'pglite' } }) // 'database.kind  pglite'
 */
export function render(value: unknown): string {
  if (value === null || value === undefined) return 'Done.'
  if (isRows(value)) return renderRows(value)
  if (isRow(value)) return renderRow(value)
  return cell(value)
}

function renderRows(rows: readonly Row[]): string {
  if (rows.length === 0) return 'None.'
  const nested = rows.some(row => Object.values(row).some(isTable))
  return nested ? rows.map(renderRow).join('\n\n') : table(rows)
}

function renderRow({ cursor, ...row }: Row): string {
  const all = flatten(row)
  const facts = all.filter(([, value]) => !isTable(value))
  const [only] = all
  if (all.length === 1 && only && isRows(only[1])) return withMore(renderRows(only[1]), cursor)
  const width = Math.max(0, ...facts.map(([name]) => columnsOf(name)))
  const parts = facts.map(([name, value]) => `${pad(name, width)}  ${cell(value) || '-'}`)
  for (const [name, value] of all)
    if (isTable(value)) parts.push(`${name}:\n${table(value).replace(/^/gm, '  ')}`)
  return withMore(parts.join('\n'), cursor)
}

function withMore(text: string, cursor: unknown): string {
  return cursor ? `${text}\nMore: repeat with --cursor ${cell(cursor)}` : text
}

/** The fields of an object; those of an object inside it have dotted names. */
function flatten(row: Row, prefix = ''): [string, unknown][] {
  return Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
    isRow(value) && Object.keys(value).length > 0
      ? flatten(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value]],
  )
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.every(isRow)
}

function isTable(value: unknown): value is Row[] {
  return isRows(value) && value.length > 0
}
