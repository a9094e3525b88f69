/** Random choices that are the same for the same seed; the timing of processes and of the network still differs. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  /** @throws Error for an empty list */
  pick<T>(items: readonly T[]): T
  /** Up to `count` different items. */
  some<T>(items: readonly T[], count: number): T[]
}

/** Makes a seeded generator: a linear congruential generator with a mixed output. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b) >>> 0
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)]
    if (item === undefined) throw new Error('There is nothing to pick from')
    return item
  }
  return {
    next,
    int,
    pick,
    chance: probability => next() < probability,
    some: (items, count) => [
      ...new Set(items.length === 0 ? [] : Array.from({ length: count }, () => pick(items))),
    ],
  }
}
