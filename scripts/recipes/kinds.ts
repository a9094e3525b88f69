const kinds: readonly (readonly [kind: string, files: RegExp])[] = [
  ['contract entry', /^packages\/contracts\/src\//],
  ['vendor wrapper', /^packages\/easemob\/src\//],
  ['durable write', /^apps\/server\/src\/\w+\/writes\//],
  ['registration', /^apps\/server\/src\/(start\/work|\w+\/services)\.ts$/],
  ['handler', /^apps\/server\/src\/\w+\/handlers\.ts$/],
  ['sample', /^packages\/contracts\/test\/samples\.ts$/],
  ['test', /\/test\/.*\.test\.ts$/],
]

/** The row of files that nobody edits: commands of the recipe make them. */
export const madeByCommand = 'made by a command'

/**
 * Files by what they are for in a recipe; a file of no known kind is counted under its own path, so that it is seen.
 * @example countKinds(['apps/server/src/groups/handlers.ts']) // Map { 'handler' => 1 }
 */
export function countKinds(files: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    const kind = kinds.find(([, pattern]) => pattern.test(file))?.[0] ?? file
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** Lines that say where two counts differ; empty when they agree. */
export function differences(
  said: ReadonlyMap<string, number>,
  counted: ReadonlyMap<string, number>,
): string[] {
  return [...new Set([...said.keys(), ...counted.keys()])].flatMap(kind => {
    const [before, now] = [said.get(kind) ?? 0, counted.get(kind) ?? 0]
    return before === now ? [] : [`${kind}: the page says ${before}, the recipe touches ${now}`]
  })
}
