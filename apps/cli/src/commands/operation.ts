import { type Flag, globalFlags } from '../args/flag.ts'
import { inputFlags } from '../args/input-flags.ts'
import { parseArgs } from '../args/parse.ts'
import { wantsHelp } from '../args/wants-help.ts'
import { exitCode, wrongUsage } from '../failure.ts'
import { commandPage } from '../help/operation-page.ts'
import type { Io } from '../io.ts'
import { writeResult } from '../output/write-result.ts'
import { findOperation } from './find-operation.ts'
import { type Special, specials } from './specials.ts'

/**
 * Runs `easemob <domain> <operation>`: reads the flags of its input schema, makes one call and prints the answer.
 * @param rest - The words after the operation.
 * @returns the exit code
 */
export async function runOperation(
  domain: string,
  name: string | undefined,
  rest: readonly string[],
  io: Io,
): Promise<number> {
  const { path, command, operation } = findOperation(domain, name)
  const special: Special = specials.get(path) ?? {}
  const flags = inputFlags(operation.input)
  // A field that a file can hold is optional as a flag.
  const own: readonly Flag[] = [
    ...flags.map(flag => (special.operand ? { ...flag, required: false } : flag)),
    ...(special.flags ?? []),
  ]
  if (wantsHelp(rest)) {
    const { operand, notes } = special
    io.out(
      commandPage({
        command,
        summary: operation.summary,
        flags: own,
        ...(operand && { operand }),
        ...(notes && { notes }),
      }),
    )
    return exitCode.done
  }
  const { openSession } = await import('../connection/session.ts')
  const lenient = parseArgs(rest, [...own, ...globalFlags], false)
  const run = await special.run?.(lenient)
  if (run) return run({ ...lenient, session: await openSession(lenient.values, io), io })
  const { values, words } = parseArgs(rest, [...flags, ...globalFlags])
  if (words.length > 0)
    throw wrongUsage(
      `"${words[0]}" belongs to no flag`,
      `${command} takes flags only`,
      `See easemob ${command} --help.`,
    )
  const session = await openSession(values, io)
  const input = Object.fromEntries(
    flags.filter(({ field }) => field in values).map(({ field }) => [field, values[field]]),
  )
  const kind = operation.kind === 'query' ? 'query' : 'mutation'
  await writeResult(await session.call(kind, path, input), values, io)
  return exitCode.done
}
