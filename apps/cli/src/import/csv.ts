import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { CliFailure, exitCode } from '../failure.ts'
import { maxRowBytes, type SourceRow } from './source.ts'

const jsonColumns = new Set(['verified', 'extra', 'certification'])

/**
 * Reads CSV with a header row of field names (RFC 4180 quoting, LF or CRLF). An empty cell is an absent field; `sex` is a
 * number; `verified`, `extra` and `certification` hold JSON.
 * @throws CliFailure when the header names no `id`
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SourceRow> {
  const skipped: SourceRow[] = []
  const parser = parse({
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: maxRowBytes,
    on_skip: error => {
      const line = Number(error?.['lines'] ?? 0)
      skipped.push({ line, id: null, reason: error?.message ?? 'the row cannot be read', row: null })
      return undefined
    },
  })
  pipeline(Readable.from(chunks), parser, () => {})
  let header: string[] | undefined
  for await (const { record, info } of parser) {
    yield* skipped.splice(0)
    const cells: string[] = record
    const breaks = cells.reduce((count, text) => count + text.split('\n').length - 1, 0)
    if (header) {
      if (cells.some(text => text !== '')) yield toRow(info.lines - breaks, header, cells)
    } else header = checkedHeader(cells)
  }
  yield* skipped.splice(0)
}

function checkedHeader(cells: readonly string[]): string[] {
  const header = cells.map(name => name.trim())
  if (header.includes('id')) return header
  throw new CliFailure({
    what: 'the CSV has no column "id"',
    why: `its first row is ${header.join(',').slice(0, 200)}`,
    next: 'Put the field names into the first row: id,name,…',
    code: exitCode.refused,
  })
}

function toRow(line: number, header: readonly string[], cells: readonly string[]): SourceRow {
  const id = cells[header.indexOf('id')] ?? null
  const bad = (reason: string): SourceRow => ({ line, id, reason, row: cells })
  if (cells.length !== header.length)
    return bad(`the row has ${cells.length} cells, the header ${header.length}`)
  const row: Record<string, unknown> = {}
  for (const [at, name] of header.entries()) {
    const text = cells[at] ?? ''
    if (text === '') continue
    if (!jsonColumns.has(name)) row[name] = name === 'sex' && /^\d+$/.test(text) ? Number(text) : text
    else
      try {
        row[name] = JSON.parse(text)
      } catch {
        return bad(`${name}: not valid JSON`)
      }
  }
  return { line, row }
}
