/** JSON as text or as UTF-8 bytes. */
export type Json = string | Uint8Array<ArrayBuffer>

const cachedBytes = new WeakMap<object, Uint8Array<ArrayBuffer>>()
const comma = Buffer.from(',')

/**
 * Encodes an operation's output as JSON, with the same result as `JSON.stringify`. A frozen item of a list cannot change,
 * so its bytes are cached for as long as the item exists.
 *
 * @param before text before the output: `{"result":{"data":`
 * @param after text after it: `}}`
 */
export function toJson(output: unknown, before = '', after = ''): Json {
  if (!Array.isArray(output) || !output.some(isCacheable)) return before + JSON.stringify(output) + after
  const items = output.flatMap((item, at) => (at === 0 ? [bytesOf(item)] : [comma, bytesOf(item)]))
  return Buffer.concat([Buffer.from(`${before}[`), ...items, Buffer.from(`]${after}`)])
}

function bytesOf(item: unknown): Uint8Array<ArrayBuffer> {
  const known = isCacheable(item) ? cachedBytes.get(item) : undefined
  if (known) return known
  const bytes = Buffer.from(JSON.stringify(item) ?? 'null')
  if (isCacheable(item)) cachedBytes.set(item, bytes)
  return bytes
}

function isCacheable(item: unknown): item is object {
  return typeof item === 'object' && item !== null && Object.isFrozen(item)
}
