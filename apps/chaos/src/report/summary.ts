import type { ProgramName } from '../arguments.ts'
import { type Invariant, invariants } from '../model/findings.ts'
import type { Outcome } from '../model/outcome.ts'
import { quantile, table } from './table.ts'

/** The results of a program. */
export interface Shown {
  readonly program: ProgramName
  readonly outcome: Outcome
}

const detailsShown = 5
const nothing = '–'
const recoveryOf: Readonly<Record<ProgramName, string>> = {
  kills: 'kills: from the start of a process until every write is completed',
  several: 'several: from the start of a process to its first answer',
  database: 'database: from the start of Postgres to the first success',
}

/** Formats one table with a column for each program, and a row for each invariant with its violations and checks. */
export function summary(shown: readonly Shown[]): string {
  const row = (name: string, cell: (outcome: Outcome) => string | number) => [
    name,
    ...shown.map(({ outcome }) => cell(outcome)),
  ]
  const total = shown.reduce((sum, { outcome }) => sum + outcome.findings.total, 0)
  return [
    table([
      ['', ...shown.map(({ program }) => program)],
      row(
        shown.some(({ program }) => program === 'database') ? 'kills, or outages of Postgres' : 'kills',
        ({ deaths }) => deaths,
      ),
      row('operations', ({ counts }) => counts.operations),
      row('  acknowledged', ({ counts }) => counts.acknowledged),
      row('  refused', ({ counts }) => counts.refused),
      row('  unknown', ({ counts }) => counts.unknown),
      row('recovery p50, ms', ({ recoveries }) => Math.round(quantile(recoveries, 0.5))),
      row('recovery p95, ms', ({ recoveries }) => Math.round(quantile(recoveries, 0.95))),
      row('recovery longest, ms', ({ recoveries }) => Math.round(quantile(recoveries, 1))),
      row('seconds', ({ seconds }) => Math.round(seconds)),
      row('violations / checks', ({ findings }) => findings.total),
      ...Object.keys(invariants)
        .filter(isInvariant)
        .map(name => row(`  ${invariants[name]}`, outcome => violations(outcome, name))),
    ]),
    ...shown.map(({ program }) => `  recovery of ${recoveryOf[program]}`),
    ...shown.flatMap(details),
    `\n  ${total} violations`,
  ].join('\n')
}

function violations({ findings }: Outcome, name: Invariant): string {
  const checks = findings.checks.get(name)
  return checks === undefined ? nothing : `${findings.violations.get(name)?.size ?? 0} / ${checks}`
}

function details({ program, outcome }: Shown): string[] {
  return [...outcome.findings.violations].flatMap(([name, found]) => [
    `\n  ${program}: ${invariants[name]}:`,
    ...[...found].slice(0, detailsShown).map(detail => `    ${detail}`),
    ...(found.size > detailsShown ? [`    … and ${found.size - detailsShown} more`] : []),
  ])
}

function isInvariant(name: string): name is Invariant {
  return name in invariants
}
