import type { Allowance } from './limits.ts'

/** Of two limits that a request counts against, the one that is nearer to its end. */
export function tighter(known: Allowance | undefined, counted: Allowance): Allowance {
  return known && known.remaining <= counted.remaining ? known : counted
}
