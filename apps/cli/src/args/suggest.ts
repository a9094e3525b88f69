/** The name that was probably meant, or undefined where nothing is near. */
export function suggest(written: string, names: readonly string[]): string | undefined {
  const reach = Math.max(1, Math.floor(written.length / 3))
  const ranked = names
    .map(name => ({
      name,
      far: name.startsWith(written) && written.length > 1 ? 0 : distance(written, name),
    }))
    .filter(({ far }) => far <= reach)
    .sort((a, b) => a.far - b.far)
  return ranked[0]?.name
}

/** How many letters must be added, dropped or changed to get from one word to the other. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1]
    for (let column = 1; column <= to.length; column++) {
      const kept = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(kept, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
