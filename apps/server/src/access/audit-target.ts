const longest = 500

/**
 * The target of an audited call: the ids in the operation's target field, or in its rows. Other values become `?`, since
 * the audit must not contain inputs.
 * @param name the operation's target field
 * @returns up to 500 characters; null without a target
 * @example targetOf({ user_ids: ['1', '2'] }, 'user_ids') // '1,2'
 */
export function targetOf(input: unknown, name: string | undefined): string | null {
  const target = name === undefined ? undefined : property(input, name)
  if (target === undefined || target === null) return null
  const items = Array.isArray(target) ? target : [target]
  return items
    .map(item => idOf(typeof item === 'object' ? property(item, 'id') : item))
    .join(',')
    .slice(0, longest)
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function idOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,32}$/.test(text) ? text : '?'
}
