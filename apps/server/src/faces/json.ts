const texts = new WeakMap<object, string>()

/**
 * The JSON of an operation's output, the same as `JSON.stringify` gives. What is frozen in a list cannot change: its
 * text is made once, however many callers are given it.
 *
 * @example toJson([kept, { fresh: true }])
 */
export function toJson(output: unknown): string {
  return Array.isArray(output) ? `[${output.map(itemText).join(',')}]` : JSON.stringify(output)
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null || !Object.isFrozen(item))
    return JSON.stringify(item) ?? 'null'
  const known = texts.get(item)
  if (known !== undefined) return known
  const text = JSON.stringify(item)
  texts.set(item, text)
  return text
}
