import { parseArgs } from 'node:util'

/** What can be done to a gateway. */
export const programNames = ['kills', 'several', 'database'] as const
export type ProgramName = (typeof programNames)[number]

/** What to do, as the command line and the environment say. */
export interface Arguments {
  readonly programs: readonly ProgramName[]
  readonly kills: number
  readonly seed: number
  readonly database: 'postgres' | 'pglite'
  /** False leaves what crashes left behind as it is: then the invariants must be seen to break. */
  readonly recovery: boolean
  /** ms after which a dead process's writes are taken up. */
  readonly lease: number
  /** ms a restart may take until no write is half done. */
  readonly patience: number
  readonly users: number
  readonly times: number
  /** Print what the gateways wrote, too. */
  readonly log: boolean
}

export const usage = `[RECOVERY=off] pnpm chaos [program] [options]

  (none)      all three, one after the other: about ten minutes
  kills       kill -9 at every crash point and at any moment, under load and vendor faults
              --kills 200  --database postgres|pglite
              --lease 1000  (ms after which a dead process's writes are taken up; the gateway's default is 5000)
              --patience 30000  (ms a restart may take until no write is half done)
  several     two servers and a worker on one Postgres, one of them killed again and again during a run
              --users 50000
  database    Postgres goes and comes back in the midst of load
              --times 3

  --seed 1    what is drawn: another seed, another course
  --log       the gateways' own lines on stderr at the end

  RECOVERY=off pnpm chaos
              shows that the checks are alive: without recovery, 20 kills must leave violations

Exit code 1 when anything did not hold.
`

/** As many as it takes to break every promise that recovery keeps. */
const killsWithoutRecovery = '20'

/** @throws Error saying which argument, or which variable, cannot be used */
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
