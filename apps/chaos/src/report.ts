import type { DatabaseReport } from './database/run-database.ts'
import type { KillReport } from './kills/run-kills.ts'
import { type Findings, type Invariant, invariants } from './model/findings.ts'
import type { SeveralReport } from './several/run-several.ts'
import { quantile, table } from './table.ts'

const detailsShown = 5

/** What a run of kills has shown, for people. */
export function killReport({
  kills,
  counts,
  findings,
  recoveries,
  noticesRepeated,
  seconds,
}: KillReport): string {
  const all = [...kills.values()].reduce((sum, n) => sum + n, 0)
  const ms = (part: number) => `${Math.round(quantile(recoveries, part))} ms`
  const { operations, acknowledged, refused, unknown } = counts
  return [
    table([
      ['kills', all],
      ...[...kills].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, n]) => [`  ${at}`, n]),
    ]),
    table(Object.entries({ operations, acknowledged, refused, unknown })),
    table([['notices delivered again, under the same id', noticesRepeated]]),
    table([
      ['recovery (start of the process → no write half done)', ''],
      ['  p50', ms(0.5)],
      ['  p95', ms(0.95)],
      ['  longest', ms(1)],
    ]),
    invariantTable(findings),
    `  ${Math.round(seconds)} s`,
  ].join('\n\n')
}

/** Violations by invariant, with examples. */
export function invariantTable(findings: Findings): string {
  const names = Object.keys(invariants).filter(isInvariant)
  const rows = names
    .filter(name => findings.checks.has(name))
    .map(name => [invariants[name], findings.checks.get(name) ?? 0, findings.violations.get(name)?.size ?? 0])
  const details = [...findings.violations].flatMap(([name, found]) => [
    `  ${invariants[name]}:`,
    ...[...found].slice(0, detailsShown).map(detail => `    ${detail}`),
    ...(found.size > detailsShown ? [`    … and ${found.size - detailsShown} more`] : []),
  ])
  return [
    table([['invariant', 'checks', 'violations'], ...rows, ['all', '', findings.total]]),
    ...(details.length > 0 ? ['', ...details] : []),
  ].join('\n')
}

function isInvariant(name: string): name is Invariant {
  return name in invariants
}

/** What a run of several processes has shown, for people. */
export function severalReport(report: SeveralReport): string {
  const { kills, users, run, created, atVendor, namedAgain, registeredHere, passwords, requests, seconds } =
    report
  return [
    table([...kills].map(([role, n]) => [`kills of ${role}`, n])),
    table([
      ['users imported', users],
      [`run: ${run.state}, total`, run.total],
      ['  done', run.done],
      ['  failed', run.failed],
      ['made by the vendor', created],
      ['at the vendor', atVendor],
      ['named to the vendor again, and adopted', namedAgain],
      ['registered here', registeredHere],
      ['passwords looked at', passwords.looked],
      ["  not the vendor's", passwords.wrong],
      ['requests answered amid the kills', requests.answered],
      ['  failed', requests.failed],
      ['seconds', Math.round(seconds)],
      ['users/s', Math.round(users / seconds)],
    ]),
    violationList(report.violations),
  ].join('\n\n')
}

/** What outages of the database have shown, for people. */
export function databaseReport(report: DatabaseReport): string {
  const { counts, findings, outage, slowestMs, readyz, returns, survived, violations } = report
  const { operations, acknowledged, refused, unknown } = counts
  return [
    table([
      ['outages', returns.length],
      ...[...outage].map(([status, n]): [string, number] => [`answers ${status} meanwhile`, n]),
      ['  slowest, ms', Math.round(slowestMs)],
      ['/readyz 503 meanwhile', readyz.filter(status => status === 503).length],
      ['first success after the return, ms, p50', Math.round(quantile(returns, 0.5))],
      ['  longest', Math.round(quantile(returns, 1))],
      ['the process is the same', survived ? 'yes' : 'no'],
    ]),
    table(Object.entries({ operations, acknowledged, refused, unknown })),
    invariantTable(findings),
    violationList(violations),
  ].join('\n\n')
}

function violationList(violations: readonly string[]): string {
  return [`  ${violations.length} violations`, ...violations.map(what => `    ${what}`)].join('\n')
}
