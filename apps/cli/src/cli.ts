import { globalFlags } from './args/flag.ts'
import { kebab } from './args/names.ts'
import { suggest } from './args/suggest.ts'
import { wantsHelp } from './args/wants-help.ts'
import { CliFailure, exitCode, formatFailure, wrongUsage } from './failure.ts'
import { commandList } from './help/command-list.ts'
import { domainPage, localCommands, topPage } from './help/pages.ts'
import type { Io } from './io.ts'

/**
 * Runs one command line and answers the exit code. Only what the command needs is loaded, so that help is instant.
 * @param args - The words after `easemob`.
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
  const { command, rest } = takeWord(args)
  if (command === undefined) return withoutCommand(rest, io)
  const domains: Readonly<Record<string, Readonly<Record<string, string>>>> = commandList
  const domain = kebab(command)
  if (domain === 'token') return (await import('./commands/token.ts')).tokenCommand(rest, io)
  if (domain === 'config') return (await import('./commands/config.ts')).configCommand(rest, io)
  const operations = domains[domain]
  if (!operations)
    throw unknown('command', command, [...Object.keys(domains), ...Object.keys(localCommands)], '')
  const { command: name, rest: flags } = takeWord(rest)
  if (name === undefined) {
    const asked = wantsHelp(flags)
    if (asked) io.out(domainPage(domain, operations))
    else io.err(domainPage(domain, operations))
    return asked ? exitCode.done : exitCode.usage
  }
  if (!Object.hasOwn(operations, kebab(name)))
    throw unknown('operation', `${domain} ${name}`, Object.keys(operations), `${domain} `)
  const { runOperation } = await import('./commands/operation.ts')
  return runOperation(domain, kebab(name), flags, io)
}

async function withoutCommand(args: readonly string[], io: Io): Promise<number> {
  if (args.includes('--version') || args.includes('-V')) {
    const { version } = await import('./version.ts')
    io.out(`${version()}\n`)
    return exitCode.done
  }
  if (wantsHelp(args)) io.out(topPage())
  else io.err(topPage())
  return wantsHelp(args) ? exitCode.done : exitCode.usage
}

/** Takes the first word that is no flag and no value of a global flag. */
function takeWord(args: readonly string[]): { command?: string; rest: string[] } {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') break
    if (!arg.startsWith('-')) return { command: arg, rest: args.toSpliced(at, 1) }
    if (globalFlags.some(flag => flag.kind === 'text' && `--${flag.name}` === arg)) at++
  }
  return { rest: [...args] }
}

function unknown(kind: string, written: string, names: readonly string[], before: string): CliFailure {
  const near = suggest(kebab(written.slice(before.length)), names)
  return wrongUsage(
    `unknown ${kind} "${written}"`,
    `there are ${names.join(', ')}`,
    near ? `Did you mean easemob ${before}${near}?` : `See easemob ${before}--help.`,
  )
}
