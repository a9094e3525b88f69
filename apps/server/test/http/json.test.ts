import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Json, toJson } from '../../src/http/json.ts'

const textOf = (json: Json) => (typeof json === 'string' ? json : Buffer.from(json).toString())

describe('the JSON of an output', () => {
  test('is what JSON.stringify gives, whatever of it is frozen, however often', () => {
    const item = fc.tuple(fc.jsonValue(), fc.boolean()).map(([value, kept]) => (kept ? frozen(value) : value))
    fc.assert(
      fc.property(fc.oneof(fc.array(item), fc.jsonValue()), output => {
        const expected = JSON.stringify(output)
        for (let time = 0; time < 2; time++) {
          expect(textOf(toJson(output))).toBe(expected)
          expect(textOf(toJson(output, '{"data":', '}'))).toBe(`{"data":${expected}}`)
        }
      }),
    )
  })

  test('sees a change in what is not frozen', () => {
    const item = { name: 'first' }
    toJson([item])
    item.name = '花儿巷'
    expect(textOf(toJson([item, frozen({ a: 1 })]))).toBe('[{"name":"花儿巷"},{"a":1}]')
  })
})

function frozen<T>(value: T): T {
  return Object.freeze(value)
}
