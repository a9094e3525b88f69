import type { KillReport } from './kills/run-kills.ts'
import { type Findings, type Invariant, invariants } from './model/findings.ts'
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
