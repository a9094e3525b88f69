import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../src/call/backoff.ts'
import { chunksWithin } from '../src/chunks.ts'
import { isSegment, query, segment } from '../src/http/path.ts'
import { asId, isYes } from '../src/http/read.ts'
import { parseRetryAfter } from '../src/http/retry-after.ts'

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('backoff', () => {
  it('lies between 0 and the doubled, capped base, and never below Retry-After', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), unit, fc.nat(10_000), (attempt, random, retryAfter) => {
        const ms = backoffMs(attempt, random, retryAfter)
        return ms >= retryAfter && ms <= Math.max(retryAfter, Math.min(2_000, 100 * 2 ** (attempt - 1)))
      }),
    )
  })

  it('is spread over the whole range', () => {
    expect(backoffMs(3, 0)).toBe(0)
    expect(backoffMs(3, 0.5)).toBe(200)
    expect(backoffMs(3, 0.999)).toBeGreaterThan(399)
  })
})

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

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:30 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, ms) => expect(parseRetryAfter(header, now)).toBe(ms))
})

describe('paths', () => {
  it.each(['', '.', '..', '\ud800'])('refuse %j as a segment', value => {
    expect(isSegment(value)).toBe(false)
    expect(() => segment(value, 'users.delete')).toThrow('cannot stand in a path')
  })

  it('encode any other segment so that it stays one', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter(isSegment)
    fc.assert(
      fc.property(value, text => {
        const encoded = segment(text, 'x')
        return !/[/?#\s]/.test(encoded) && decodeURIComponent(encoded) === text
      }),
    )
  })

  it('leave out what is not asked', () => {
    expect(query({ limit: 10, cursor: undefined })).toBe('?limit=10')
    expect(query({ cursor: 'a=&b' })).toBe('?cursor=a%3D%26b')
    expect(query({})).toBe('')
  })
})

describe('values of the vendor', () => {
  it('ids are strings, numbers only while exact', () => {
    expect(['13800138001', 42, 2 ** 53, 1.5, '', null, undefined].map(asId)).toEqual([
      ...['13800138001', '42', undefined, undefined, undefined, undefined, undefined],
    ])
  })

  it('yes has four spellings', () => {
    expect([true, 'true', 'success', 'ok', false, 'false', 1, null].map(isYes)).toEqual([
      ...[true, true, true, true, false, false, false, false],
    ])
  })
})
