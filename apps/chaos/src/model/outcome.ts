import type { Findings } from './findings.ts'

/** How requests ended: 2xx, 4xx, or anything that leaves open what has happened. */
export interface Counts {
  operations: number
  acknowledged: number
  refused: number
  unknown: number
}

/** What every program shows, whatever it does to the gateway. */
export interface Outcome {
  /** Processes killed; outages of Postgres for the program of that name. */
  readonly deaths: number
  readonly counts: Readonly<Counts>
  readonly findings: Findings
  /** ms that each recovery has taken. */
  readonly recoveries: readonly number[]
  readonly seconds: number
  /** What the gateways wrote, the newest lines. */
  readonly log: readonly string[]
}
