/** The median of some numbers; NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** A measurement with its name. */
export type Contender = readonly [name: string, measure: () => Promise<number>]

/**
 * Measures in alternation, A B A B, so that other load on the machine affects all contenders.
 * @returns the median of each contender's rounds
 * @example const { ours, floor } = await alternate(3, [['ours', measureOurs], ['floor', measureFloor]])
 */
export async function alternate(
  rounds: number,
  contenders: readonly Contender[],
): Promise<(name: string) => number> {
  const found = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of contenders) found.get(name)?.push(await measure())
  return name => median(found.get(name) ?? [])
}
