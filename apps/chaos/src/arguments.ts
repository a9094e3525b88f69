import { parseArgs } from 'node:util'

/** What to do, as the command line says. */
export interface Arguments {
  readonly program: 'kills' | 'several' | 'database'
  readonly kills: number
  readonly seed: number
  readonly database: 'postgres' | 'pglite'
  readonly recovery: boolean
  /** ms a restart may take until no write is half done. */
  readonly patience: number
  readonly users: number
  readonly times: number
  /** Print what the gateways wrote, too. */
  readonly log: boolean
}

export const usage = `pnpm chaos [program] [options]

  (none)      kill the gateway at every crash point and at any moment, under load
              --kills 200  --seed 1  --database postgres|pglite  --recovery on|off
              --patience 30000  (ms a restart may take until no write is half done)
  several     three processes on one Postgres, one of them killed again and again during a run
              --users 50000  --seed 1
  database    Postgres goes and comes back in the midst of load
              --times 3  --seed 1

  --log       the gateways' own lines on stderr at the end

Exit code 1 when anything did not hold.
`

/** @throws Error saying which argument cannot be used */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      database: { type: 'string', default: 'postgres' },
      recovery: { type: 'string', default: 'on' },
      patience: { type: 'string', default: '30000' },
      users: { type: 'string', default: '50000' },
      times: { type: 'string', default: '3' },
      log: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const [program = 'kills'] = positionals
  return {
    program: oneOf('program', program, ['kills', 'several', 'database']),
    kills: count('--kills', values.kills),
    seed: count('--seed', values.seed),
    database: oneOf('--database', values.database, ['postgres', 'pglite']),
    recovery: oneOf('--recovery', values.recovery, ['on', 'off']) === 'on',
    patience: count('--patience', values.patience),
    users: count('--users', values.users),
    times: count('--times', values.times),
    log: values.log,
  }
}

function oneOf<const T extends string>(name: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find(value => value === given)
  if (found === undefined) throw new Error(`${name} must be one of ${allowed.join(', ')}, not ${given}`)
  return found
}

function count(name: string, given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new Error(`${name} must be a whole number above 0, not ${given}`)
  return Number(given)
}
