import type { Row } from './row.ts'

const columns = ['work', 'ours', 'against', 'unit', 'ratio', 'aim', '', 'note'] as const

/** Formats rows as a table of plain text. */
export function table(rows: readonly Row[]): string {
  const lines = [columns.map(String), ...rows.map(cells)]
  const widths = columns.map((_, at) => Math.max(...lines.map(line => width(line[at] ?? ''))))
  return lines
    .map(line => line.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell))).join('  '))
    .map(line => line.trimEnd())
    .join('\n')
}

function cells({ name, ours, against, unit, ratio, aim, met, note }: Row): string[] {
  const mark = met === null ? '' : met ? 'met' : 'MISSED'
  return [name, short(ours), short(against), unit, short(ratio), aim ?? '', mark, note]
}

/** Formats a number with about three significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

const width = (text: string) => [...text].length
