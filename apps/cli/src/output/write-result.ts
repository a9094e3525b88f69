import type { Io } from '../io.ts'

/** Prints an answer: with `--json` as JSON, indented on a terminal and one line elsewhere; without, formatted for people. */
export async function writeResult(
  result: unknown,
  values: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<void> {
  if (values['json'] === true) io.out(`${JSON.stringify(result ?? null, null, io.terminal.out ? 2 : 0)}\n`)
  else io.out(`${(await import('./render.ts')).render(result)}\n`)
}
