import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { parse } from 'csv-parse'
import { CliFailure, exitCode } from '../failure.ts'
import { type BadRow, maxRowBytes, type SourceRow } from './source.ts'

const jsonColumns = new Set(['verified', 'extra', 'certification'])

/**
 * Reads CSV with a header row of field names (RFC 4180 quoting, LF or CRLF). An empty cell is an absent field; `sex` is a
 * number; `verified`, `extra` and `certification` hold JSON.
 * A row that cannot be read becomes a bad row.
 * @throws CliFailure when the header has no column `id`
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SourceRow> {
  let header: string[] | undefined
  for await (const found of records(chunks)) {
    if ('reason' in found) yield found
    else if (!header) header = checkedHeader(found.cells)
    else if (found.cells.some(text => text !== '')) yield toRow(found.line, header, found.cells)
  }
}

interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** The records in the order of the file; at most those of one chunk are in memory. */
async function* records(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord | BadRow> {
  const found: (CsvRecord | BadRow)[] = []
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: maxRowBytes,
    on_record: (cells: string[], { lines }) => {
      const breaks = cells.reduce((count, text) => count + text.split('\n').length - 1, 0)
      found.push({ line: lines - breaks, cells })
      return null
    },
    on_skip: error => {
      const reason = error?.message ?? 'the row cannot be read'
      found.push({ line: Number(error?.['lines'] ?? 0), id: null, reason, row: null })
      return undefined
    },
  })
  parser.resume()
  // write() and end() report the error; without a listener it would end the process.
  parser.on('error', () => {})
  const write = promisify((chunk: Uint8Array, done: (error?: Error | null) => void) =>
    parser.write(chunk, done),
  )
  for await (const chunk of chunks) {
    await write(chunk)
    yield* found.splice(0)
  }
  parser.end()
  await finished(parser)
  yield* found
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
