import { lines } from './lines.ts'
import { idOf, isRow, maxRowBytes, type SourceRow } from './source.ts'

/** Reads NDJSON: one object per line. Empty lines are skipped; a line that is not an object becomes a bad row. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SourceRow> {
  for await (const found of lines(chunks, maxRowBytes)) {
    if ('reason' in found) yield { line: found.line, id: null, reason: found.reason, row: null }
    else if (found.text.trim() !== '') yield parse(found.line, found.text)
  }
}

function parse(line: number, text: string): SourceRow {
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch {
    return { line, id: null, reason: 'the line is not valid JSON', row: text }
  }
  if (!isRow(row)) return { line, id: null, reason: 'the line is not a JSON object', row }
  if (typeof row['id'] === 'number' && !Number.isSafeInteger(row['id']))
    return {
      line,
      id: idOf(row),
      reason: 'id: a number this large loses digits; write it as a string',
      row: text,
    }
  return { line, row }
}
