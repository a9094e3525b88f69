import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { wrongUsage } from '../failure.ts'
import type { Io } from '../io.ts'
import { readCsv } from './csv.ts'
import { readNdjson } from './ndjson.ts'
import type { SourceRow } from './source.ts'

/** An open file of people. */
export interface PeopleFile {
  readonly rows: AsyncIterable<SourceRow>
  /** Its size in bytes; undefined for stdin. */
  readonly size: number | undefined
  /** How many bytes have been read. */
  readonly read: () => number
}

/**
 * Opens a file, or stdin for `-`, in the given format or else the one of its extension; stdin is NDJSON by default.
 * @throws CliFailure (wrong usage) for a file that does not exist, a folder, or a format that is not known
 */
export async function openPeople(name: string, format: unknown, io: Io): Promise<PeopleFile> {
  const size = name === '-' ? undefined : await sizeOf(name)
  const reader = readerOf(name, format)
  let read = 0
  const source: AsyncIterable<Uint8Array | string> =
    name === '-' ? io.stdin : createReadStream(name, { highWaterMark: 256 * 1024 })
  async function* counted() {
    for await (const chunk of source) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      read += bytes.length
      yield bytes
    }
  }
  return { rows: reader(counted()), size, read: () => read }
}

async function sizeOf(name: string): Promise<number> {
  const found = await stat(name).catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(
      `cannot read ${name}`,
      error.code ?? error.message,
      'Name a file of people, or - for stdin.',
    )
  })
  if (found.isDirectory()) throw wrongUsage(`cannot read ${name}`, 'it is a folder', 'Name a file of people.')
  return found.size
}

function readerOf(name: string, format: unknown) {
  const known = format ?? (name === '-' ? 'ndjson' : extname(name).slice(1).toLowerCase())
  if (known === 'csv') return readCsv
  if (known === 'ndjson' || known === 'jsonl') return readNdjson
  throw wrongUsage(
    `the format of ${name} is not known`,
    'its extension is neither .ndjson, .jsonl nor .csv',
    'Say --format ndjson or --format csv.',
  )
}
