import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunksWithin } from '../src/chunks.ts'

describe('chunks', () => {
  it('keep every item once and in order, within size and length', () => {
    const names = fc.array(fc.string({ minLength: 1, maxLength: 64 }), { maxLength: 300 })
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 65, max: 500 }),
        (items, size, budget) => {
          const parts = chunksWithin(items, size, budget, name => name.length)
          expect(parts.flat()).toEqual(items)
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0)
            expect(part.length).toBeLessThanOrEqual(size)
            expect(part.join(',').length + 1).toBeLessThanOrEqual(budget)
          }
        },
      ),
    )
  })
})
