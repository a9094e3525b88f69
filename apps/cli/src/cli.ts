import { globalFlags } from './args/flag.ts'
import { kebab } from './args/names.ts'
import { wantsHelp } from './args/wants-help.ts'
import { CliFailure, exitCode, formatFailure } from './failure.ts'
import { domainPage, topPage } from './help/pages.ts'
import type { Io } from './io.ts'

/**
 * Runs one command line and resolves to the exit code. The modules of a command are imported on demand, so that `--help`
 * waits for no library and not for the contract.
 * @param args - The words after `easemob`.
 * @example process.exitCode = await main(['groups', '--help'], processIo())
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args[0] === 'help' ? [...args.slice(1), '--help'] : args, io)
  } catch (error) {
    const report =
      error instanceof CliFailure
        ? error.report
        : {
            what: error instanceof Error ? error.message : String(error),
            why: 'this is a fault of easemob itself',
            next: 'Report it with the command you ran.',
            code: exitCode.refused,
          }
    io.err(formatFailure(report))
    return report.code
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const { word: domain, rest } = takeWord(args)
  if (domain === undefined) return withoutCommand(rest, io)
  if (kebab(domain) === 'token') return (await import('./commands/token.ts')).tokenCommand(rest, io)
  if (kebab(domain) === 'config') return (await import('./commands/config.ts')).configCommand(rest, io)
  const { word: name, rest: flags } = takeWord(rest)
  const page = name === undefined ? domainPage(kebab(domain)) : undefined
  if (page !== undefined) return printPage(page, flags, io)
  const { runOperation } = await import('./commands/operation.ts')
  return runOperation(domain, name, flags, io)
}

async function withoutCommand(args: readonly string[], io: Io): Promise<number> {
  if (!args.includes('--version') && !args.includes('-V')) return printPage(topPage(), args, io)
  const { version } = await import('./version.ts')
  io.out(`${version()}\n`)
  return exitCode.done
}

/** A page that was asked for is the answer; one shown because words are missing reports wrong usage. */
function printPage(page: string, args: readonly string[], io: Io): number {
  if (!wantsHelp(args)) {
    io.err(page)
    return exitCode.usage
  }
  io.out(page)
  return exitCode.done
}

/** Takes the first word that is neither a flag nor the value of a global flag. */
function takeWord(args: readonly string[]): { word?: string; rest: string[] } {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') break
    if (!arg.startsWith('-')) return { word: arg, rest: args.toSpliced(at, 1) }
    if (globalFlags.some(flag => flag.kind === 'text' && `--${flag.name}` === arg)) at++
  }
  return { rest: [...args] }
}
