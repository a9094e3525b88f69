import { closeSync, existsSync, openSync, readSync, truncateSync } from 'node:fs'
import { z } from 'zod'
import { type Change, changeSchema } from '../state/change.ts'

const CHUNK = 1024 * 1024
const NEWLINE = 10

const headerSchema = z.object({ emulator: z.literal(1), appKey: z.string() })

/** The first line of a snapshot file. */
export const headerLine = (appKey: string): string => `${JSON.stringify({ emulator: 1, appKey })}\n`

/** Thrown for a snapshot file that cannot be used; the message says why and what to do. */
export class BadSnapshot extends Error {
  override name = 'BadSnapshot'
}

/**
 * Applies the changes of a snapshot file and removes an incomplete last line, which a killed process may leave.
 *
 * @returns bytes and lines of the file afterwards; 0 when it does not exist
 * @throws BadSnapshot for the file of another app, or a damaged line before the last
 */
export function replay(file: string, appKey: string, apply: (change: Change) => void) {
  if (!existsSync(file)) return { bytes: 0, lines: 0 }
  let lines = 0
  const bytes = eachLine(file, line => {
    lines++
    const value = parse(file, lines, line)
    if (lines === 1) checkHeader(file, appKey, value)
    else apply(checkChange(file, lines, value))
  })
  truncateSync(file, bytes)
  return { bytes, lines }
}

/** @returns bytes up to the last newline */
function eachLine(file: string, visit: (line: string) => void): number {
  const descriptor = openSync(file, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK)
    let rest: Buffer = Buffer.alloc(0)
    let whole = 0
    for (;;) {
      const size = readSync(descriptor, chunk)
      if (size === 0) return whole
      const data = Buffer.concat([rest, chunk.subarray(0, size)])
      let start = 0
      for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, start)) {
        visit(data.toString('utf8', start, end))
        start = end + 1
      }
      whole += start
      rest = data.subarray(start)
    }
  } finally {
    closeSync(descriptor)
  }
}

function parse(file: string, number: number, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw damaged(file, number)
  }
}

function checkHeader(file: string, appKey: string, value: unknown): void {
  const header = headerSchema.safeParse(value)
  if (!header.success) throw new BadSnapshot(`${file} is not a snapshot of this emulator; name another file`)
  if (header.data.appKey !== appKey) {
    throw new BadSnapshot(`${file} belongs to app ${header.data.appKey}, not ${appKey}; name another file`)
  }
}

function checkChange(file: string, number: number, value: unknown): Change {
  const change = changeSchema.safeParse(value)
  if (!change.success) throw damaged(file, number)
  return change.data
}

const damaged = (file: string, number: number) =>
  new BadSnapshot(`${file} is damaged at line ${number}; cut it off there or remove the file`)
