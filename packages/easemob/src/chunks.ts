/** Splits a list into parts of at most `size` items. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return chunksWithin(items, size, Number.POSITIVE_INFINITY, () => 0)
}

/**
 * Splits a list into parts of at most `size` items whose lengths add up to at most `maxLength`, counting one separator per item.
 * An item longer than `maxLength` gets a part of its own.
 */
export function chunksWithin<T>(
  items: readonly T[],
  size: number,
  maxLength: number,
  lengthOf: (item: T) => number,
): T[][] {
  const parts: T[][] = []
  let part: T[] = []
  let length = 0
  for (const item of items) {
    const more = lengthOf(item) + 1
    if (part.length === size || (part.length > 0 && length + more > maxLength)) {
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
