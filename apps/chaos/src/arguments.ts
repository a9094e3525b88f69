import { parseArgs } from 'node:util'

/** The programs. */
export const programNames = ['kills', 'several', 'database'] as const
export type ProgramName = (typeof programNames)[number]

/** The settings from the command line and the environment. */
export interface Arguments {
  readonly programs: readonly ProgramName[]
  readonly kills: number
  readonly seed: number
  readonly database: 'postgres' | 'pglite'
  /** False turns recovery off, so that the checks must find violations. */
  readonly recovery: boolean
  /** ms after which the writes of a dead process are recovered. */
  readonly lease: number
  /** ms that recovery may take after a restart. */
  readonly patience: number
  readonly users: number
  readonly times: number
  /** Whether to print the gateways' log. */
  readonly log: boolean
}

export const usage = `[RECOVERY=off] pnpm chaos [program] [options]

  (none)      all three, one after the other: about ten minutes
  kills       kill -9 at every failpoint and at random moments, under load and vendor faults
              --kills 200  --database postgres|pglite
              --lease 1000  (ms after which the writes of a dead process are recovered; the gateway's default is 5000)
              --patience 30000  (ms that recovery may take after a restart)
  several     two servers and a worker on one Postgres, one of them killed again and again during a run
              --users 50000
  database    Postgres is stopped and started under load
              --times 3

  --seed 1    the seed of all random choices
  --log       print the gateways' log to stderr at the end

  RECOVERY=off pnpm chaos
              shows that the checks work: without recovery, 20 kills must cause violations

Exit code 1 when an invariant was violated.
`

/** Enough to violate every invariant that depends on recovery. */
const killsWithoutRecovery = '20'

/** Parses the settings. @throws Error naming the invalid argument or variable */
export function readArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Arguments {
  const recovery = oneOf('RECOVERY', env['RECOVERY'] || 'on', ['on', 'off']) === 'on'
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: recovery ? '200' : killsWithoutRecovery },
      seed: { type: 'string', default: '1' },
      database: { type: 'string', default: 'postgres' },
      lease: { type: 'string', default: '1000' },
      patience: { type: 'string', default: '30000' },
      users: { type: 'string', default: '50000' },
      times: { type: 'string', default: '3' },
      log: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const everything = recovery ? programNames : (['kills'] as const)
  return {
    programs:
      positionals.length === 0 ? everything : positionals.map(name => oneOf('program', name, programNames)),
    kills: count('--kills', values.kills),
    seed: count('--seed', values.seed),
    database: oneOf('--database', values.database, ['postgres', 'pglite']),
    recovery,
    lease: count('--lease', values.lease),
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
