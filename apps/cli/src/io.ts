import { type CliEnv, readEnv } from './env.ts'

/** Where a command reads and writes. */
export interface Io {
  readonly env: CliEnv
  readonly stdin: NodeJS.ReadableStream
  /** Writes to stdout: the answer, and nothing else. */
  out(text: string): void
  /** Writes to stderr: errors, hints and progress. */
  err(text: string): void
  /** Whether stdout and stderr are terminals. */
  readonly terminal: { readonly out: boolean; readonly err: boolean }
}

/** The streams and the environment of this process. */
export function processIo(): Io {
  // A reader that closes the pipe early (`easemob … | head`) is not an error.
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

/**
 * A signal that the first Ctrl-C aborts; a second Ctrl-C ends the process. Disposing it removes the listener.
 * @example using interrupted = interruption()
 */
export function interruption(): { readonly signal: AbortSignal; [Symbol.dispose](): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  process.once('SIGINT', abort)
  return { signal: controller.signal, [Symbol.dispose]: () => void process.off('SIGINT', abort) }
}
