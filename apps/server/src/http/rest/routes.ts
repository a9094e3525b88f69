import { GatewayError, type Route } from '@easemob-gateway/contracts'
import type { NamedOperation } from '../../invoke/call.ts'
import { operations } from '../../invoke/operations.ts'

/** An operation that has a legacy route. */
export interface Routed extends NamedOperation {
  readonly route: Route
}

/** The route of a request, with the values of its path parameters. */
export interface Match {
  readonly target: Routed
  readonly parameters: Readonly<Record<string, string>>
}

/** All operations with a legacy route. */
export const routed: readonly Routed[] = [...operations.values()].flatMap(named =>
  named.operation.route ? [{ ...named, route: named.operation.route }] : [],
)

const patterns = routed.map(target => ({
  target,
  names: Array.from(target.route.path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name),
  pattern: new RegExp(`^${target.route.path.replace(/\{\w+\}/g, '([^/]+)')}/?$`),
}))

/**
 * Finds the route of a path below the base path, with or without one trailing slash.
 * @throws GatewayError NOT_FOUND, METHOD_NOT_ALLOWED
 */
export function match(method: string, path: string): Match {
  const allow: string[] = []
  for (const { target, names, pattern } of patterns) {
    const values = pattern.exec(path)
    if (!values) continue
    if (target.route.method === method || (method === 'HEAD' && target.route.method === 'GET'))
      return {
        target,
        parameters: Object.fromEntries(names.map((name, i) => [name, decode(values[i + 1] ?? '')])),
      }
    allow.push(target.route.method)
  }
  if (allow.length === 0) throw new GatewayError('NOT_FOUND', { values: { what: 'no such path' } })
  throw new GatewayError('METHOD_NOT_ALLOWED', { values: { method, allow: allow.join(', ') } })
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
