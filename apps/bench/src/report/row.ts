import type { World } from '../world/world.ts'

/** A row of the results. */
export interface Row {
  /** The work that was measured. */
  readonly name: string
  /** The gateway's time or rate. */
  readonly ours: number
  /** The time or rate of the floor or peer. */
  readonly against: number
  readonly unit: string
  /** `ours` divided by `against`; for rates higher is better, for times lower. */
  readonly ratio: number
  /** The aim as text; null when the row is for information only. */
  readonly aim: string | null
  /** Whether the aim was met; null without an aim. */
  readonly met: boolean | null
  /** How well the aim was met: 1 exactly, 2 twice as good; null without an aim. */
  readonly reach: number | null
  readonly note: string
}

/** Rows that are measured by one function. */
export interface Family {
  /** The name for `--only`. */
  readonly name: string
  run(world: World): Promise<Row[]>
}

/** The aim of a ratio. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number } | null

/** Makes a row with an aim for its ratio, or without one. */
export function row(
  name: string,
  { ours, against, unit }: { ours: number; against: number; unit: string },
  aim: Aim,
  note: string,
): Row {
  const ratio = ours / against
  const met = aim === null ? null : 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
  const reach = aim === null ? null : 'atLeast' in aim ? ratio / aim.atLeast : aim.atMost / ratio
  return { name, ours, against, unit, ratio, aim: textOf(aim), met, reach, note }
}

/** Copies a row with another aim than its ratio: `taken` must be `most` at most. */
export function aimedAt(given: Row, aim: string, taken: number, most: number): Row {
  return { ...given, aim, met: taken <= most, reach: most / Math.max(taken, 1e-9) }
}

function textOf(aim: Aim): string | null {
  if (aim === null) return null
  return 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`
}
