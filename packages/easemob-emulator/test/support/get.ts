/** The value at a dotted path of a parsed body, undefined where there is none. */
export function get(body: unknown, path: string): unknown {
  let value = body
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** The string at a dotted path. */
export function getText(body: unknown, path: string): string {
  const value = get(body, path)
  if (typeof value !== 'string') throw new TypeError(`no string at ${path} in ${JSON.stringify(body)}`)
  return value
}

/** The array at a dotted path. */
export function getList(body: unknown, path: string): unknown[] {
  const value = get(body, path)
  if (!Array.isArray(value)) throw new TypeError(`no array at ${path} in ${JSON.stringify(body)}`)
  return value
}
