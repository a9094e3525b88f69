import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Breaker } from '../../src/call/breaker.ts'
import type { BreakerState } from '../../src/index.ts'
import { rejection } from '../support/rejection.ts'
import { quickTime, scriptedVendor, userAnswer, vendorError } from '../support/scripted-vendor.ts'

function breakerOf() {
  const time = quickTime()
  const states: BreakerState[] = []
  const breaker = new Breaker({}, time.clock, state => states.push(state))
  const open = (): void => {
    for (let failure = 0; failure < 30; failure++) breaker.failure()
  }
  return { time, states, breaker, open }
}

describe('the circuit breaker', () => {
  it('opens when nearly all of the last 30 failed, not before it has seen 30', () => {
    const { breaker } = breakerOf()
    for (let failure = 0; failure < 29; failure++) breaker.failure()
    expect(breaker.state).toBe('closed')
    breaker.failure()
    expect(breaker.state).toBe('open')
    expect(breaker.blockedForMs()).toBe(2_000)
    expect(breaker.enter()).toBe(false)
  })

  it('stays closed over a hiccup that fails many calls at once, not over a longer outage', () => {
    const { breaker, time, open } = breakerOf()
    breaker.success()
    time.advance(900)
    open()
    expect(breaker.state).toBe('closed')
    time.advance(100)
    breaker.failure()
    expect(breaker.state).toBe('open')
  })

  it('stays closed while 30 % fail at random', () => {
    const outcomes = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 200, maxLength: 2_000 })
    const property = fc.property(outcomes, rolls => {
      const { breaker } = breakerOf()
      for (const roll of rolls) roll < 30 ? breaker.failure() : breaker.success()
      return breaker.state === 'closed'
    })
    fc.assert(property, { seed: 7, numRuns: 200 })
  })

  it('lets one probe through, closes on its success, and starts to count anew', () => {
    const { breaker, time, states, open } = breakerOf()
    open()
    time.advance(2_000)
    expect(breaker.enter()).toBe(true)
    expect(breaker.enter()).toBe(false)
    breaker.success()
    expect(breaker.enter()).toBe(true)
    breaker.failure()
    expect(states).toEqual(['open', 'half_open', 'closed'])
  })

  it('opens again for twice as long when the probe fails', () => {
    const { breaker, time, open } = breakerOf()
    open()
    time.advance(2_000)
    breaker.enter()
    breaker.failure()
    expect(breaker.blockedForMs()).toBe(4_000)
  })

  it('lets another probe through when the caller of the first gave up', () => {
    const { breaker, time, open } = breakerOf()
    open()
    time.advance(2_000)
    breaker.enter()
    breaker.neutral()
    expect(breaker.enter()).toBe(true)
  })
})

describe('calls through an open breaker', () => {
  const down = vendorError(503, 'x', 'y')

  it('fail at once without reaching the vendor, telling when to try again', async () => {
    const breaker = { window: 4, openMs: 60_000, failingMs: 0 }
    await using vendor = await scriptedVendor(down, { maxAttempts: 4, breaker })
    await rejection(vendor.easemob.users.get('u'))
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error).toMatchObject({ code: 'circuit_open', attempts: 0 })
    expect(error.retryAfterMs).toBeGreaterThan(50_000)
    expect(vendor.received).toHaveLength(4)
    expect(vendor.easemob.stats().breaker).toBe('open')
  })

  it('wait for it when they are bulk', async () => {
    const breaker = { window: 4, openMs: 5_000, failingMs: 0 }
    await using vendor = await scriptedVendor([down, down, down, userAnswer('u')], {
      maxAttempts: 3,
      breaker,
    })
    await rejection(vendor.easemob.users.get('u'))
    expect((await vendor.easemob.users.get('u', { priority: 'bulk' })).username).toBe('u')
  })

  it('are not counted as failures of the host when refused for what they ask', async () => {
    await using vendor = await scriptedVendor(vendorError(404, 'service_resource_not_found', 'x'), {
      breaker: { window: 2 },
    })
    for (let call = 0; call < 5; call++)
      expect((await rejection(vendor.easemob.users.get('u'))).code).toBe('not_found')
    expect(vendor.easemob.stats().breaker).toBe('closed')
  })
})
