/** What is read from a file, a row at a time: an object to send, or why there is none. */
export type SourceRow = GoodRow | BadRow

/** A row to send. */
export interface GoodRow {
  /** Where it begins in the file, from 1. */
  readonly line: number
  readonly row: Readonly<Record<string, unknown>>
}

/** A row that was refused, here or by the gateway. */
export interface BadRow {
  readonly line: number
  readonly id: string | null
  readonly reason: string
  /** The row, or its text where it could not be read. */
  readonly row: unknown
}

/** The most bytes a row may have; a request body holds 1 MiB. */
export const maxRowBytes = 900_000

/** The id of a row as it stands, for reports. */
export function idOf(row: Readonly<Record<string, unknown>>): string | null {
  const { id } = row
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

/** Whether a value is a row: an object, no list. */
export function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
