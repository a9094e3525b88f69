import { isDeepStrictEqual } from 'node:util'

type Json = Readonly<Record<string, unknown>>

/** A schema with the schemas that it may refer to. */
export interface Schema {
  readonly schema: unknown
  readonly schemas: Json
}

/** Who writes what the schemas describe: callers an input, the gateway an output. */
export type Direction = 'input' | 'output'

/**
 * Says why callers of `before` do not get on with `after`; empty when they do.
 *
 * - input: everything that was accepted is accepted still, and no field is ignored that was read
 * - output: everything that is answered was promised before; new fields are fine, since callers ignore what they do not know
 *
 * @example schemaDifferences('output', { schema: before, schemas }, { schema: after, schemas }) // ['im_group_id is gone']
 */
export function schemaDifferences(direction: Direction, before: Schema, after: Schema): string[] {
  return compare(
    { direction, before: before.schemas, after: after.schemas, path: '', seen: [] },
    before.schema,
    after.schema,
  )
}

interface Place {
  readonly direction: Direction
  readonly before: Json
  readonly after: Json
  readonly path: string
  /** References that are being compared, since a schema may contain itself. */
  readonly seen: readonly string[]
}

function compare(place: Place, old: unknown, now: unknown): string[] {
  const pair = `${nameOf(old)} ${nameOf(now)}`
  if (pair !== ' ' && place.seen.includes(pair)) return []
  const inner = pair === ' ' ? place : { ...place, seen: [...place.seen, pair] }
  const [before, after] = [alternatives(old, place.before), alternatives(now, place.after)]
  // What must be covered: what callers sent so far, or what the gateway answers from now on.
  const [needed, given] = place.direction === 'input' ? [before, after] : [after, before]
  return needed.flatMap(one => {
    const tries = given.map(other =>
      place.direction === 'input' ? compareOne(inner, one, other) : compareOne(inner, other, one),
    )
    if (tries.some(problems => problems.length === 0)) return []
    // With one alternative on each side, what is wrong inside it tells more than the two types.
    const [only] = tries
    if (only && needed.length === 1 && tries.length === 1) return only
    return [`${where(place)} changed from ${describe(before)} to ${describe(after)}`]
  })
}

/** @param before one alternative of the old schema */
function compareOne(place: Place, before: Json, after: Json): string[] {
  const [narrow, wide] = place.direction === 'input' ? [before, after] : [after, before]
  if (!coversType(wide, narrow))
    return [`${where(place)} changed from ${describe([before])} to ${describe([after])}`]
  return [
    ...boundDifferences(place, wide, narrow),
    ...fieldDifferences(place, before, after),
    ...('items' in before && 'items' in after
      ? compare(step(place, '[]'), before['items'], after['items'])
      : []),
  ]
}

function fieldDifferences(place: Place, before: Json, after: Json): string[] {
  const [old, now] = [record(before['properties']), record(after['properties'])]
  const [neededBefore, neededNow] = [names(before['required']), names(after['required'])]
  const inBoth = Object.keys(old).filter(name => name in now)
  return [
    ...Object.keys(old)
      .filter(name => !(name in now))
      .map(name => `${where(step(place, name))} is gone`),
    ...(place.direction === 'input'
      ? neededNow
          .filter(name => !neededBefore.includes(name))
          .map(name => `${where(step(place, name))} is newly required`)
      : neededBefore
          .filter(name => name in now && !neededNow.includes(name))
          .map(name => `${where(step(place, name))} may be absent now`)),
    ...inBoth.flatMap(name => compare(step(place, name), old[name], now[name])),
  ]
}

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems']
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']
const exact = ['pattern', 'format']

/** Limits of `wide` that `narrow` does not keep. Of an output, limits are no promise that callers compute with. */
function boundDifferences(place: Place, wide: Json, narrow: Json): string[] {
  if (place.direction === 'output') return []
  const tighter = [
    ...lowerBounds.filter(name => numberOf(wide[name], -Infinity) > numberOf(narrow[name], -Infinity)),
    ...upperBounds.filter(name => numberOf(wide[name], Infinity) < numberOf(narrow[name], Infinity)),
    ...exact.filter(name => name in wide && wide[name] !== narrow[name]),
  ]
  return tighter.map(name => `${where(place)} has a tighter ${name}: ${wide[name]}`)
}

function coversType(wide: Json, narrow: Json): boolean {
  const [values, allowed] = [valuesOf(narrow), valuesOf(wide)]
  if (allowed) return values?.every(value => allowed.some(other => isDeepStrictEqual(other, value))) ?? false
  const [type, wideType] = [narrow['type'], wide['type']]
  if (wideType === undefined || type === wideType) return true
  if (type === undefined && values) return values.every(value => typeof value === wideType)
  return wideType === 'number' && type === 'integer'
}

function valuesOf(schema: Json): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']]
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined
}

/** The schemas of which a value must fit one. */
function alternatives(schema: unknown, schemas: Json): Json[] {
  const own = record(schema)
  const name = nameOf(own)
  if (name !== '') return alternatives(schemas[name], schemas)
  const several = own['anyOf'] ?? own['oneOf']
  if (Array.isArray(several)) return several.flatMap(one => alternatives(one, schemas))
  const { type } = own
  return Array.isArray(type) ? type.map(one => ({ ...own, type: one })) : [own]
}

function nameOf(schema: unknown): string {
  const reference = record(schema)['$ref']
  return typeof reference === 'string' ? (reference.split('/').at(-1) ?? '') : ''
}

function describe(schemas: readonly Json[]): string {
  return schemas
    .map(
      schema =>
        valuesOf(schema)
          ?.map(value => JSON.stringify(value))
          .join(' | ') ?? String(schema['type'] ?? 'anything'),
    )
    .join(' | ')
}

const step = (place: Place, name: string): Place => ({
  ...place,
  path: place.path === '' ? name : `${place.path}.${name}`,
})
const where = ({ direction, path }: Place) => (path === '' ? `the ${direction}` : `${direction} ${path}`)
const numberOf = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
