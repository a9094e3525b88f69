/** One row of a file: an object to send, or the reason why there is none. */
export type SourceRow = GoodRow | BadRow

/** A row to send. */
export interface GoodRow {
  /** The line it begins on, counted from 1. */
  readonly line: number
  readonly row: Readonly<Record<string, unknown>>
}

/** A row that this command or the gateway refused. */
export interface BadRow {
  readonly line: number
  readonly id: string | null
  readonly reason: string
  /** The row, or its text where it could not be parsed. */
  readonly row: unknown
}

/** The most bytes of a row, and of the rows of a batch; the gateway takes bodies of up to 1 MiB. */
export const maxRowBytes = 900_000

/** The id of a row for reports, valid or not; null where it is neither a string nor a number. */
export function idOf(row: Readonly<Record<string, unknown>>): string | null {
  const { id } = row
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

/** Whether a value is an object and not an array. */
export function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
