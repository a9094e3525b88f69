import type { Allowance } from './limits.ts'

/** Of two limits that have counted a request, the one with fewer requests left. */
export function tighter(known: Allowance | undefined, counted: Allowance): Allowance {
  return known && known.remaining <= counted.remaining ? known : counted
}
