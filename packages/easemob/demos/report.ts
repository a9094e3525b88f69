/** One line of a demo: a measured value, the expected one, and whether it holds. */
export type Line = { what: string; measured: string | number; expected: string; holds: boolean }

/** Prints the lines as a table; the process ends with 1 when one does not hold. */
export function report(title: string, lines: readonly Line[]): void {
  console.log(title)
  console.table(lines.map(({ holds, ...line }) => ({ ...line, holds: holds ? 'yes' : 'NO' })))
  if (lines.some(({ holds }) => !holds)) process.exitCode = 1
}
