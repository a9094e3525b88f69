import type { World } from '../world/world.ts'

/** One line of the table. */
export interface Row {
  /** The work that was measured. */
  readonly name: string
  /** What we took or did. */
  readonly ours: number
  /** What it is compared with took or did. */
  readonly against: number
  readonly unit: string
  /** ours : against, the better the higher for rates, the lower for times. */
  readonly ratio: number
  /** What was aimed at; null where the row is for information. */
  readonly aim: string | null
  /** Null without an aim. */
  readonly met: boolean | null
  /** How far the aim was reached: 1 just so, 2 twice as good; null without an aim. */
  readonly reach: number | null
  readonly note: string
}

/** Rows that are measured together. */
export interface Family {
  /** What `--only` names. */
  readonly name: string
  run(world: World): Promise<Row[]>
}

/** What a ratio is held against. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number } | null

/** A row whose aim is about its ratio. */
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

/** The same row with an aim that is not about its ratio: what was taken may be `most` at most. */
export function aimedAt(given: Row, aim: string, taken: number, most: number): Row {
  return { ...given, aim, met: taken <= most, reach: most / Math.max(taken, 1e-9) }
}

function textOf(aim: Aim): string | null {
  if (aim === null) return null
  return 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`
}
