/**
 * The name nearest to a misspelt one, or undefined where none is near: a prefix, or at most a third of the letters differ.
 * @example suggest('delte', ['get', 'delete']) // 'delete'
 */
export function suggest(written: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3))
  const ranked = names
    .map(name => ({
      name,
      far: name.startsWith(written) && written.length > 1 ? 0 : distance(written, name),
    }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
  return ranked[0]?.name
}

/** The Levenshtein distance: how many letters must be added, dropped or changed to turn one word into the other. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1]
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
