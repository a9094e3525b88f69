import type { Findings } from './findings.ts'

/** How many requests were acknowledged (2xx), refused (4xx), or ended with an unknown outcome. */
export interface Counts {
  operations: number
  acknowledged: number
  refused: number
  unknown: number
}

/** The results that all programs have. */
export interface Outcome {
  /** Processes killed; outages of Postgres for the program of that name. */
  readonly deaths: number
  readonly counts: Readonly<Counts>
  readonly findings: Findings
  /** The duration of each recovery, in ms. */
  readonly recoveries: readonly number[]
  readonly seconds: number
  /** The newest log lines of the gateways. */
  readonly log: readonly string[]
}
