import { userRow } from '@easemob-gateway/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** Mostly what is taken, now and then what is not. */
const often = (good: fc.Arbitrary<unknown>, ...bad: unknown[]) =>
  fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) })

const time = often(
  fc.constantFrom('2017-12-17 14:34:13', '2020-01-01T00:00:00+08:00'),
  'yesterday',
  '0000-01-01',
)
const words = often(fc.string({ unit: 'grapheme', maxLength: 9 }), '\ud800', 'x'.repeat(3000), 1)
const document = often(fc.dictionary(fc.string(), fc.jsonValue()), { a: ['\0'] }, [], 'text')
const given = {
  id: often(
    fc.oneof(fc.integer({ min: 1 }), fc.integer({ min: 1 }).map(String)),
    0,
    '01',
    '9007199254740993',
  ),
  name: often(fc.string({ minLength: 1 }), '', ' ', '\0', null),
  bio: fc.option(words),
  sex: often(fc.integer({ min: 0, max: 2 }), 3, 0.5, '1', null),
  created_at: time,
  verified: fc.option(document),
  extra: fc.option(document),
  deleted_at: fc.option(time),
  more: fc.string(),
}
const row = often(
  fc.record(given, { requiredKeys: ['id', 'name'] }),
  null,
  [],
  'row',
  { id: '1' },
  { name: 'one' },
)

test('a row is judged the same by the contract and by what is compiled of it, to the last text', () => {
  const compiled = z.compile(userRow, { strict: true })
  const judged = (schema: typeof userRow, value: unknown) => {
    const { success, data, error } = schema.safeParse(value)
    return { success, data, issues: error?.issues }
  }
  fc.assert(
    fc.property(row, value => {
      expect(judged(compiled, value)).toStrictEqual(judged(userRow, value))
    }),
    { numRuns: 2000 },
  )
})

test('a document is refused where it is no JSON, a number too large for one included', () => {
  const inner = fc.letrec(tie => ({
    value: fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(JSON.parse('1e999'), undefined),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
  }))
  const told = (schema: z.ZodType, value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ path, message }) => [path, message])
  const asJson = userRow.extend({ extra: z.record(z.string(), z.json()) })
  fc.assert(
    fc.property(inner.object, extra => {
      const value = { id: '1', name: 'one', extra }
      expect(told(userRow, value)).toEqual(told(asJson, value))
    }),
    { numRuns: 1000 },
  )
})
