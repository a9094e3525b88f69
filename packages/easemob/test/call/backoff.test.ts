import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../src/call/backoff.ts'

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
