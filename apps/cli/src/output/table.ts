import { printable } from './printable.ts'
import { columnsOf, fit, pad } from './text.ts'

/** A row by column name. */
export type Row = Readonly<Record<string, unknown>>

const widest = 40

/**
 * A table for people: a heading, a line, a row each. Columns that are empty in every row are left out, long cells cut.
 * @example table([{ id: '2', name: '花儿' }])
 */
export function table(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const shown = names.filter(name => rows.some(row => cell(row[name]) !== ''))
  const lines = [shown, ...rows.map(row => shown.map(name => fit(cell(row[name]), widest)))]
  const widths = shown.map((_, at) => Math.max(...lines.map(line => columnsOf(line[at] ?? ''))))
  const [heading = '', ...body] = lines.map(line =>
    line
      .map((text, at) => pad(text, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [heading, widths.map(width => '─'.repeat(width)).join('  '), ...body].join('\n')
}

/** A value in one line: nothing for null, lists with commas, objects as JSON. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every(item => typeof item !== 'object'))
    return printable(value.join(', '))
  return printable(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
