/** JSON, ready to be sent. */
export type Json = string | Uint8Array<ArrayBuffer>

const texts = new WeakMap<object, Uint8Array<ArrayBuffer>>()
const comma = Buffer.from(',')

/**
 * The JSON of an operation's output, the same as `JSON.stringify` gives. What is frozen in a list cannot change: its
 * bytes are made once, however many callers are given it.
 *
 * @param before what stands around it: `{"result":{"data":`
 * @param after `}}`
 */
export function toJson(output: unknown, before = '', after = ''): Json {
  if (!Array.isArray(output) || !output.some(isKept)) return before + JSON.stringify(output) + after
  const items = output.flatMap((item, at) => (at === 0 ? [bytesOf(item)] : [comma, bytesOf(item)]))
  return Buffer.concat([Buffer.from(`${before}[`), ...items, Buffer.from(`]${after}`)])
}

function bytesOf(item: unknown): Uint8Array<ArrayBuffer> {
  const known = isKept(item) ? texts.get(item) : undefined
  if (known) return known
  const bytes = Buffer.from(JSON.stringify(item) ?? 'null')
  if (isKept(item)) texts.set(item, bytes)
  return bytes
}

function isKept(item: unknown): item is object {
  return typeof item === 'object' && item !== null && Object.isFrozen(item)
}
