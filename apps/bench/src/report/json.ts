import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { canPin } from '../measure/cores.ts'
import type { Row } from './row.ts'

/** The machine of the measurement: unlike ratios, absolute numbers depend on it. */
export function machine() {
  const all = cpus()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    pinned: canPin,
    commit: commit(),
  }
}

/** Makes the results file, with numbers of four significant digits. */
export function resultsJson(rows: readonly Row[], settings: { quick: boolean; seconds: number }): string {
  const round = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null)
  const rounded = rows.map(row => ({
    ...row,
    ours: round(row.ours),
    against: round(row.against),
    ratio: round(row.ratio),
  }))
  return `${JSON.stringify({ machine: machine(), ...settings, rows: rounded }, null, 2)}\n`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return 'unknown'
  }
}
