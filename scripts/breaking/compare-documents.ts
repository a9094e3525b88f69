import { isDeepStrictEqual } from 'node:util'
import type { Break } from './break.ts'
import { type Direction, schemaDifferences } from './schema-difference.ts'

type Json = Readonly<Record<string, unknown>>

/** What breaks between two OpenAPI documents beyond the contract: paths, parameters, bodies and answers as they are described. */
export function compareDocuments(before: Json, after: Json): Break[] {
  const sameComponents = isDeepStrictEqual(before['components'], after['components'])
  return entries(before['paths']).flatMap(([path, methods]) =>
    entries(methods).flatMap(([method, old]) => {
      const operation = String(record(old)['operationId'] ?? `${method} ${path}`)
      const now = at(after, 'paths', path, method)
      if (sameComponents && isDeepStrictEqual(old, now)) return []
      const found =
        now === undefined
          ? [`${method.toUpperCase()} ${path} is gone`]
          : [
              ...parameterDifferences(old, now),
              ...schemas('input', before, after, at(old, 'requestBody'), at(now, 'requestBody')),
              ...answerDifferences(before, after, old, now),
            ]
      return found.map(what => ({ operation, what: `/openapi.json: ${what}` }))
    }),
  )
}

function parameterDifferences(old: unknown, now: unknown): string[] {
  const [before, after] = [parametersOf(old), parametersOf(now)]
  return [
    ...[...before.keys()].filter(name => !after.has(name)).map(name => `the parameter ${name} is gone`),
    ...[...after].flatMap(([name, required]) =>
      required && before.get(name) !== true ? [`the parameter ${name} is newly required`] : [],
    ),
  ]
}

/** Parameters as `query im_group_id`, and whether each is required. */
function parametersOf(operation: unknown): Map<string, boolean> {
  const found = at(operation, 'parameters')
  const list: readonly unknown[] = Array.isArray(found) ? found : []
  return new Map(list.map(each => [`${at(each, 'in')} ${at(each, 'name')}`, at(each, 'required') === true]))
}

function answerDifferences(before: Json, after: Json, old: unknown, now: unknown): string[] {
  return entries(at(old, 'responses')).flatMap(([status, answer]) => {
    const other = at(now, 'responses', status)
    return other === undefined
      ? [`the answer ${status} is gone`]
      : schemas('output', before, after, answer, other).map(what => `${status}: ${what}`)
  })
}

/** Compares the bodies of each media type that the old one had. */
function schemas(direction: Direction, before: Json, after: Json, old: unknown, now: unknown): string[] {
  const known = {
    before: record(at(before, 'components', 'schemas')),
    after: record(at(after, 'components', 'schemas')),
  }
  return entries(at(old, 'content')).flatMap(([type, body]) => {
    const other = at(now, 'content', type)
    if (other === undefined) return [`the ${direction} as ${type} is gone`]
    return schemaDifferences(
      direction,
      { schema: at(body, 'schema'), schemas: known.before },
      { schema: at(other, 'schema'), schemas: known.after },
    )
  })
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => record(inner)[key], value)
}

const entries = (value: unknown) => Object.entries(record(value))
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
