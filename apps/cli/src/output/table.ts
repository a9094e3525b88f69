import { printable } from './printable.ts'
import { columnsOf, fit, pad } from './text.ts'

/** The cells of a row, by column. */
export type Row = Readonly<Record<string, unknown>>

const maxColumns = 40

/**
 * Formats rows as a table with a heading. Columns that are empty in every row are left out; cells are cut at 40 columns.
 * @example table([{ id: '2', name: '花儿' }])
 */
export function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const shown = names.filter(name => rows.some(row => cell(row[name]) !== ''))
  const lines = [shown, ...rows.map(row => shown.map(name => fit(cell(row[name]), maxColumns)))]
  const widths = shown.map((_, at) => Math.max(...lines.map(line => columnsOf(line[at] ?? ''))))
  const [heading = '', ...body] = lines.map(line =>
    line
      .map((text, at) => pad(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [heading, widths.map(width => '─'.repeat(width)).join('  '), ...body].join('\n')
}

/** A value as one line: null as an empty text, lists with commas, objects as JSON. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every(item => typeof item !== 'object'))
    return printable(value.join(', '))
  return printable(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
