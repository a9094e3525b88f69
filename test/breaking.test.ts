import { describe, expect, test } from 'vitest'
import { breaksBetween } from '../scripts/breaking/compare-shapes.ts'
import { type Shape, shapeOf } from '../scripts/breaking/shape.ts'

const shape = shapeOf()
const names = Object.keys(shape.operations)
type Json = Record<string, unknown>

/** A copy in which one value, found by its path, is another. */
function changed(path: readonly string[], change: (value: unknown) => unknown): Shape {
  const copy = structuredClone(shape)
  const inner = path.slice(0, -1).reduce<Json>((value, key) => Object(value[key]), Object(copy))
  const key = path.at(-1) ?? ''
  const value = change(inner[key])
  if (value === undefined) delete inner[key]
  else inner[key] = value
  return copy
}
const change = (operation: string, field: string, to: (value: unknown) => unknown) =>
  changed(['operations', operation, field], to)
const breaksOf = (after: Shape) =>
  breaksBetween(shape, after).map(({ operation, what }) => `${operation}: ${what}`)

/** The properties of an operation's input or output object, with what one of them may be changed to. */
function withProperty(
  operation: string,
  field: 'input' | 'output',
  to: (properties: Json, required: readonly string[]) => { properties?: Json; required?: readonly string[] },
): Shape {
  return change(operation, field, schema => {
    const { properties, required } = Object(schema)
    return { ...Object(schema), ...to({ ...properties }, required ?? []) }
  })
}

test('what has not changed breaks nobody', () => {
  expect(breaksOf(structuredClone(shape))).toEqual([])
})

describe.each(names)('callers of %s are broken when', name => {
  const { kind, errors } = shape.operations[name] ?? {}

  test('the operation is gone', () => {
    expect(breaksOf(changed(['operations', name], () => undefined))).toEqual([
      `${name}: the operation is gone`,
    ])
  })

  test('an input field is newly required', () => {
    const after = withProperty(name, 'input', (properties, required) => ({
      properties: { ...properties, novel: { type: 'string' } },
      required: [...required, 'novel'],
    }))
    expect(breaksOf(after)).toEqual([`${name}: input novel is newly required`])
  })

  test('an error it answered is gone, or comes with another status', () => {
    const [first = ''] = Object.keys(errors ?? {})
    const after = changed(['operations', name, 'errors', first], () => undefined)
    expect(breaksOf(after)).toEqual([`${name}: the error ${first} is gone`])
  })

  test('a query becomes a mutation, or the other way round', () => {
    const other = kind === 'query' ? 'mutation' : 'query'
    expect(breaksOf(change(name, 'kind', () => other))).toEqual([
      `${name}: it changed from a ${kind} to a ${other}`,
    ])
  })
})

const routed = names.filter(name => Object.keys(shape.operations[name]?.route ?? {}).length > 0)
test.each(routed)('callers of %s are broken when its route is gone, or is another', name => {
  expect(breaksOf(change(name, 'route', () => ({})))).toEqual([expect.stringContaining(`${name}: the route`)])
  const after = change(name, 'route', value => ({ ...Object(value), status: 202 }))
  expect(breaksOf(after)).toEqual([expect.stringContaining(`${name}: the route changed from`)])
})

const forMore = names.filter(name => shape.operations[name]?.access !== 'admin')
test.each(forMore)('callers of %s are broken when fewer people may call it', name => {
  const after = change(name, 'access', () => 'admin')
  expect(breaksOf(after)).toEqual([expect.stringMatching(/: access changed from [\w.]+ to admin$/)])
})

describe('callers are broken when', () => {
  test('an output field is gone', () => {
    const after = changed(['schemas', 'GroupFace'], schema => {
      const { properties, required } = Object(schema)
      const { group_face: _, ...rest } = properties
      return {
        ...Object(schema),
        properties: rest,
        required: required.filter((field: string) => field !== 'group_face'),
      }
    })
    expect(breaksOf(after)).toContain('groups.faces: output [].group_face is gone')
  })

  test('an output field may be absent now', () => {
    const after = changed(['schemas', 'GroupFace', 'required'], () => ['im_group_id'])
    expect(breaksOf(after)).toContain('groups.faces: output [].group_face may be absent now')
  })

  test.each([
    ['a text', { type: 'string' }, 'output [].group_face changed from integer to string'],
    ['a number with decimals', { type: 'number' }, 'output [].group_face changed from integer to number'],
    [
      'sometimes null',
      { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      'output [].group_face changed from integer to integer | null',
    ],
  ])('an output field that was a whole number becomes %s', (_, schema, what) => {
    const after = changed(['schemas', 'GroupFace', 'properties', 'group_face'], () => schema)
    expect(breaksOf(after)).toContain(`groups.faces: ${what}`)
  })

  test('an output may have a value that was not in the list', () => {
    const after = changed(
      ['operations', 'system.status', 'output', 'properties', 'database', 'properties', 'kind'],
      () => ({
        type: 'string',
        enum: ['pglite', 'postgres', 'oracle'],
      }),
    )
    expect(breaksOf(after)).toEqual([
      expect.stringMatching(/^system\.status: output database\.kind changed from .* to .*"oracle"$/),
    ])
  })

  test.each([
    ['is gone', () => undefined, 'input maxusers is gone'],
    ['takes another type', () => ({ type: 'string' }), 'input maxusers changed from integer to string'],
    [
      'takes less',
      (value: unknown) => ({ ...Object(value), maximum: 500 }),
      'input maxusers has a tighter maximum: 500',
    ],
  ])('an optional input field %s', (_, to, what) => {
    const after = changed(['operations', 'groups.create', 'input', 'properties', 'maxusers'], to)
    expect(breaksOf(after)).toEqual([`groups.create: ${what}`])
  })

  test('an input field that could be left out is required', () => {
    const after = withProperty('groups.create', 'input', (_, required) => ({
      required: [...required, 'members'],
    }))
    expect(breaksOf(after)).toEqual(['groups.create: input members is newly required'])
  })

  test.each([
    ['a path', ['paths', '/group/face'], () => undefined, 'GET /group/face is gone'],
    [
      'an answer',
      ['paths', '/group/face', 'get', 'responses', '200'],
      () => undefined,
      'the answer 200 is gone',
    ],
    [
      'a parameter',
      ['paths', '/group/face', 'get', 'parameters'],
      () => [],
      'the parameter query im_group_id is gone',
    ],
  ])('/openapi.json alone no longer has %s', (_, path, to, what) => {
    expect(breaksOf(changed(['openapi', ...path], to))).toEqual([`groups.faces: /openapi.json: ${what}`])
  })

  test('/openapi.json alone asks for a parameter that could be left out', () => {
    const needed = { in: 'query', name: 'novel', required: true }
    const after = changed(['openapi', 'paths', '/group/face', 'get', 'parameters'], value => [
      ...[value].flat(),
      needed,
    ])
    expect(breaksOf(after)).toEqual([
      'groups.faces: /openapi.json: the parameter query novel is newly required',
    ])
  })
})

describe('nobody is broken when', () => {
  test.each(names)('%s takes one more field that may be left out, and answers one more error', name => {
    const more = withProperty(name, 'input', properties => ({
      properties: { ...properties, novel: { type: 'string' } },
    }))
    expect(breaksOf(more)).toEqual([])
    const error = changed(['operations', name, 'errors', 'NOVEL 409'], () => 409)
    expect(breaksOf(error)).toEqual([])
  })

  test('there is one more operation, with a path of its own', () => {
    const after = changed(['operations', 'groups.novel'], () => shape.operations['groups.get'])
    expect(breaksOf(after)).toEqual([])
    expect(breaksOf(changed(['openapi', 'paths', '/novel'], () => ({ get: {} })))).toEqual([])
  })

  test('an output has one more field, or promises more than it did', () => {
    const more = changed(['schemas', 'GroupFace', 'properties', 'novel'], () => ({ type: 'string' }))
    expect(breaksOf(more)).toEqual([])
    const fewer = changed(
      ['operations', 'system.status', 'output', 'properties', 'database', 'properties', 'kind'],
      () => ({
        type: 'string',
        enum: ['pglite'],
      }),
    )
    expect(breaksOf(fewer)).toEqual([])
  })

  test('an input takes more than it did', () => {
    const wider = changed(['operations', 'groups.create', 'input', 'properties', 'maxusers'], value => ({
      anyOf: [{ ...Object(value), maximum: 9000 }, { type: 'string' }],
    }))
    expect(breaksOf(wider)).toEqual([])
  })

  test('only words change', () => {
    const after = changed(['operations', 'groups.create', 'input', 'properties', 'maxusers'], value => ({
      ...Object(value),
      description: 'other words',
    }))
    expect(breaksOf(after)).toEqual([])
  })
})
