import { type CliEnv, readEnv } from './env.ts'

/** Where a command reads and writes. */
export interface Io {
  readonly env: CliEnv
  readonly stdin: NodeJS.ReadableStream
  /** The answer, and nothing else. */
  out(text: string): void
  /** Errors, hints and progress. */
  err(text: string): void
  /** Whether a person watches the answer, and the progress. */
  readonly terminal: { readonly out: boolean; readonly err: boolean }
}

/** The process's own streams. */
export function processIo(): Io {
  // A reader that has seen enough (`easemob … | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return {
    env: readEnv(),
    stdin: process.stdin,
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    terminal: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
  }
}

/** Aborts at the first Ctrl-C; a second one ends the process at once. Dispose it to listen no more. */
export function interruption(): { readonly signal: AbortSignal; [Symbol.dispose](): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  process.once('SIGINT', abort)
  return { signal: controller.signal, [Symbol.dispose]: () => void process.off('SIGINT', abort) }
}
