import { parseArgs } from 'node:util'
import type { EmulatorOptions } from '../options.ts'

/** Wrong usage of the command line: the message names the mistake, and the exit code is 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A parsed command line. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'start'; readonly options: EmulatorOptions }
  | { readonly name: 'exec'; readonly options: EmulatorOptions; readonly command: string }

const text = { type: 'string' } as const
const yesNo = { type: 'boolean' } as const

/**
 * Reads the arguments after the program's name.
 * @throws UsageError
 */
export function readArguments(args: readonly string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help) return { name: 'help' }
  const [name = 'start', ...rest] = positionals
  const options = optionsOf(values)
  if (name === 'start' && rest.length === 0) return { name, options }
  if (name === 'exec') {
    const [command] = rest
    if (command === undefined || rest.length > 1) {
      throw new UsageError('exec takes one command in quotes, e.g. exec "npm test"')
    }
    return { name, options, command }
  }
  throw new UsageError(`unknown command ${positionals.join(' ')}; use start or exec "<command>"`)
}

type Values = ReturnType<typeof parse>['values']

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // Task runners pass the -- that precedes the arguments.
      args: args[0] === '--' ? args.slice(1) : [...args],
      allowPositionals: true,
      options: {
        port: text,
        host: text,
        'app-key': text,
        'client-id': text,
        'client-secret': text,
        latency: text,
        'calls-per-second': text,
        'vendor-limits': yesNo,
        registration: text,
        'max-users': text,
        'max-groups': text,
        snapshot: text,
        seed: text,
        'callback-url': text,
        'callback-secret': text,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(reason)
  }
}

function optionsOf(values: Values): EmulatorOptions {
  const { registration, 'callback-url': url, 'callback-secret': secret } = values
  if (registration !== undefined && registration !== 'open' && registration !== 'authorized') {
    throw new UsageError(`--registration is open or authorized, not ${registration}`)
  }
  if ((url === undefined) !== (secret === undefined)) {
    throw new UsageError('--callback-url and --callback-secret go together')
  }
  return {
    port: number('--port', values.port),
    host: values.host,
    appKey: values['app-key'],
    clientId: values['client-id'],
    clientSecret: values['client-secret'],
    latencyMs: number('--latency', values.latency),
    callsPerSecond: number('--calls-per-second', values['calls-per-second']),
    vendorLimits: values['vendor-limits'],
    registration,
    quota: {
      users: number('--max-users', values['max-users']),
      groups: number('--max-groups', values['max-groups']),
    },
    snapshot: values.snapshot,
    seed: values.seed,
    callbacks: url === undefined || secret === undefined ? undefined : { url, secret },
  }
}

function number(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const found = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(found)) throw new UsageError(`${flag} takes a number, not ${value}`)
  return found
}
