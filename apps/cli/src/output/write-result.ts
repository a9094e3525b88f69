import type { Io } from '../io.ts'

/** Prints an answer: as JSON with `--json` (one line, indented on a terminal), else for people. */
export async function writeResult(
  result: unknown,
  values: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<void> {
  if (values['json'] === true) io.out(`${JSON.stringify(result ?? null, null, io.terminal.out ? 2 : 0)}\n`)
  else io.out(`${(await import('./render.ts')).render(result)}\n`)
}
