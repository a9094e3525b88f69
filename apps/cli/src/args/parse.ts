import { wrongUsage } from '../failure.ts'
import type { Flag } from './flag.ts'
import { kebab } from './names.ts'
import { suggest } from './suggest.ts'
import { isBoolean, readValue } from './value.ts'

/** The parsed words after a command. */
export interface Args {
  /** The values of the flags that are present, by field. */
  readonly values: Readonly<Record<string, unknown>>
  /** Words that belong to no flag. */
  readonly words: readonly string[]
}

/**
 * Parses flags in any order: `--name value`, `--name=value`, `--no-name`, in kebab, snake or camel case. A list flag may be
 * repeated. Everything after `--` is a word.
 * @param required - Whether a missing required flag is an error.
 * @throws CliFailure (wrong usage) for an unknown flag, a missing value, a value of another kind, or a missing required flag
 * @example parseArgs(['--members', '2,4'], inputFlags(contract.groups.addMembers.input), false).values // { members: ['2', '4'] }
 */
export function parseArgs(args: readonly string[], flags: readonly Flag[], required = true): Args {
  const written = new Map<Flag, string[]>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (!/^-[-a-z]/i.test(arg)) {
      words.push(arg)
      continue
    }
    const { flag, inline } = recognise(arg, flags)
    const next = args[at + 1]
    const separate = inline === undefined && takesNext(flag, next)
    if (separate) at++
    const value = inline ?? (separate ? next : flag.kind === 'boolean' ? 'true' : undefined)
    if (value === undefined)
      throw wrongUsage(
        `--${flag.name} has no value`,
        'nothing usable follows it',
        `Write --${flag.name}=VALUE.`,
      )
    written.set(flag, [...(written.get(flag) ?? []), value])
  }
  const missing = flags.filter(flag => required && flag.required && !written.has(flag))
  if (missing.length > 0) {
    const names = missing.map(({ name }) => `--${name}`).join(', ')
    throw wrongUsage(
      `${names} missing`,
      'the operation cannot be called without',
      'Add it; --help shows every flag.',
    )
  }
  const values = Array.from(written, ([flag, texts]): [string, unknown] => [
    flag.field,
    readValue(flag, texts),
  ])
  return { values: Object.fromEntries(values), words }
}

function takesNext(flag: Flag, next: string | undefined): boolean {
  if (flag.kind === 'boolean') return next === 'true' || next === 'false'
  return next !== undefined && !next.startsWith('--')
}

function recognise(arg: string, flags: readonly Flag[]): { flag: Flag; inline: string | undefined } {
  const [, dashes = '', rawName = '', equals, value = ''] = /^(--?)([^=]*)(=)?([\s\S]*)$/.exec(arg) ?? []
  const name = dashes === '-' && rawName === 'h' ? 'help' : kebab(rawName)
  const inline = equals ? value : undefined
  const flag = flags.find(candidate => candidate.name === name)
  if (flag && (dashes === '--' || name === 'help')) return { flag, inline }
  const negated = flags.find(candidate => candidate.kind === 'boolean' && `no-${candidate.name}` === name)
  if (negated && (inline === undefined || isBoolean(inline)))
    return { flag: negated, inline: ['false', 'no', '0'].includes(inline ?? '') ? 'true' : 'false' }
  const near = suggest(
    name,
    flags.map(candidate => candidate.name),
  )
  throw wrongUsage(
    `unknown flag ${dashes}${rawName}`,
    `the command has ${flags.map(candidate => `--${candidate.name}`).join(', ')}`,
    near ? `Did you mean --${near}?` : 'See the flags with --help.',
  )
}
