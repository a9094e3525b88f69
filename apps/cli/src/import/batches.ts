import { type BadRow, type GoodRow, idOf, maxRowBytes, type SourceRow } from './source.ts'

/** The rows of one call, and the ids in them. */
export interface Batch {
  readonly rows: readonly GoodRow[]
  readonly ids: ReadonlySet<string>
}

const maxRows = 1000

/**
 * Groups rows into batches of at most 1,000 rows that fit one request body, in the order of the file.
 * @param onBad - Takes each row that cannot be sent, before the batch around it is complete.
 */
export async function* batches(
  source: AsyncIterable<SourceRow>,
  onBad: (bad: BadRow) => Promise<void>,
): AsyncGenerator<Batch> {
  let rows: GoodRow[] = []
  let bytes = 0
  for await (const found of source) {
    if ('reason' in found) {
      await onBad(found)
      continue
    }
    const size = Buffer.byteLength(JSON.stringify(found.row))
    if (size > maxRowBytes) {
      await onBad({ ...found, id: idOf(found.row), reason: `the row has more than ${maxRowBytes} bytes` })
      continue
    }
    if (rows.length === maxRows || bytes + size > maxRowBytes) {
      yield batch(rows)
      rows = []
      bytes = 0
    }
    rows.push(found)
    bytes += size + 1
  }
  if (rows.length > 0) yield batch(rows)
}

function batch(rows: readonly GoodRow[]): Batch {
  return { rows, ids: new Set(rows.map(({ row }) => String(row['id']))) }
}
