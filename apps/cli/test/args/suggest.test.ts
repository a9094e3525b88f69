import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distance, suggest } from '../../src/args/suggest.ts'

test('the distance of two words counts single changes, and only near words are suggested', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
      expect(distance(one, other)).toBe(distance(other, one))
      expect(distance(one, one)).toBe(0)
    }),
  )
  expect(distance('kitten', 'sitting')).toBe(3)
  expect(suggest('delte', ['get', 'delete'])).toBe('delete')
  expect(suggest('zebra', ['get', 'delete'])).toBeUndefined()
})
