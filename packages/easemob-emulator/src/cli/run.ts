import { createEmulator } from '../create-emulator.ts'
import { BadOptions } from '../options.ts'
import { readArguments, UsageError } from './arguments.ts'
import { banner, environmentOf } from './banner.ts'
import { HELP } from './help.ts'
import { runCommand } from './run-command.ts'

/** The output streams and the stop signal of the command line. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** aborted by SIGINT and SIGTERM */
  readonly stop: AbortSignal
}

/** Runs the command line until it ends and returns the exit code: 0 success, 1 failure, 2 wrong usage. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = readArguments(args)
    if (command.name === 'help') {
      terminal.out(HELP)
      return 0
    }
    const emulator = await createEmulator(command.options)
    try {
      if (command.name === 'exec') {
        return await runCommand(command.command, environmentOf(emulator), terminal.stop)
      }
      terminal.out(banner(emulator, command.options.host ?? '127.0.0.1'))
      await stopped(terminal.stop)
      return 0
    } finally {
      await emulator.close()
    }
  } catch (error) {
    terminal.err(`easemob-emulator: ${explain(error)}\n`)
    if (!(error instanceof UsageError || error instanceof BadOptions)) return 1
    terminal.err('easemob-emulator --help shows the options\n')
    return 2
  }
}

const stopped = (stop: AbortSignal) =>
  new Promise<void>(resolve => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true })
  })

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!('code' in error)) return error.message
  if (error.code === 'EADDRINUSE') return `the port is taken (${error.message}); choose another with --port`
  if (error.code === 'EACCES') return `not permitted (${error.message}); choose another port or file`
  return error.message
}
