/** Cuts a list into parts of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return chunksWithin(items, size, Number.POSITIVE_INFINITY, () => 0)
}

/** Cuts a list into parts of at most `size` items whose lengths, with one more each for what joins them, stay within `budget`. */
export function chunksWithin<T>(
  items: readonly T[],
  size: number,
  budget: number,
  lengthOf: (item: T) => number,
): T[][] {
  const parts: T[][] = []
  let part: T[] = []
  let length = 0
  for (const item of items) {
    const more = lengthOf(item) + 1
    if (part.length === size || (part.length > 0 && length + more > budget)) {
      parts.push(part)
      part = []
      length = 0
    }
    part.push(item)
    length += more
  }
  if (part.length > 0) parts.push(part)
  return parts
}
