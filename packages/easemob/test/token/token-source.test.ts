import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { coldThenRevoked } from '../../demos/scenarios/token.ts'
import { EasemobError } from '../../src/index.ts'
import { type FreshToken, TokenSource } from '../../src/token/token-source.ts'
import { rejection } from '../support/rejection.ts'
import { quickTime, scriptedVendor, userAnswer, vendorError } from '../support/scripted-vendor.ts'

const budget = {
  operation: 'x',
  priority: 'interactive',
  deadlineAt: Number.POSITIVE_INFINITY,
  attemptTimeoutMs: 1,
  signal: undefined,
  attempts: 0,
  last: undefined,
} as const

/** A token source whose exchanges the test answers. */
function source() {
  const time = quickTime()
  const exchanges: PromiseWithResolvers<FreshToken>[] = []
  const tokens = new TokenSource({
    exchange: () => {
      const exchange = Promise.withResolvers<FreshToken>()
      exchanges.push(exchange)
      return exchange.promise
    },
    clock: time.clock,
    emit: undefined,
  })
  const answer = async (index: number, value: string): Promise<void> => {
    exchanges[index]?.resolve({ value, lifeMs: 1_000 })
    await new Promise(setImmediate)
  }
  return { tokens, time, exchanges, answer, get: () => tokens.get({ ...budget }) }
}

describe('the app token', () => {
  it('costs one exchange for 500 callers at once, and one more when revoked under them', async () => {
    expect(await coldThenRevoked(500)).toEqual({ exchangesCold: 1, exchangesAfterRevocation: 1, failed: 0 })
  })

  it('is served while it is renewed, from half its life on', async () => {
    const { tokens, time, exchanges, answer, get } = source()
    const first = get()
    await answer(0, 'a')
    expect(await first).toBe('a')
    time.advance(499)
    expect(tokens.current()).toBe('a')
    expect(exchanges).toHaveLength(1)
    time.advance(1)
    expect(tokens.current()).toBe('a')
    expect(tokens.current()).toBe('a')
    expect(exchanges).toHaveLength(2)
    await answer(1, 'b')
    expect(tokens.current()).toBe('b')
  })

  it('is not asked for again and again when a renewal fails', async () => {
    const { tokens, time, exchanges, answer, get } = source()
    void get()
    await answer(0, 'a')
    time.advance(600)
    tokens.current()
    exchanges[1]?.reject(new Error('down'))
    await new Promise(setImmediate)
    expect(tokens.current()).toBe('a')
    expect(exchanges).toHaveLength(2)
  })

  it('once dropped does not come back with a renewal that was under way', async () => {
    const { tokens, time, exchanges, answer, get } = source()
    void get()
    await answer(0, 'a')
    time.advance(600)
    tokens.current()
    tokens.drop('a')
    await answer(1, 'stale')
    expect(tokens.current()).toBeUndefined()
    const fresh = get()
    await answer(2, 'c')
    expect(await fresh).toBe('c')
    expect(exchanges).toHaveLength(3)
  })

  it('is dropped only by the caller who used it, not by a late one with an older token', async () => {
    const { tokens, answer, get } = source()
    void get()
    await answer(0, 'a')
    tokens.drop('a')
    void get()
    await answer(1, 'b')
    tokens.drop('a')
    expect(tokens.current()).toBe('b')
  })

  it('is fetched anew after it has expired, and its age is known', async () => {
    const { tokens, time, answer, get } = source()
    expect(tokens.ageMs()).toBeNull()
    void get()
    await answer(0, 'a')
    time.advance(400)
    expect(tokens.ageMs()).toBe(400)
    time.advance(600)
    expect(tokens.current()).toBeUndefined()
  })

  it('that is refused is not asked for again at once', async () => {
    const { exchanges, time, get } = source()
    const refusal = new EasemobError('no', { code: 'unauthorized', operation: 'token.get' })
    const first = get()
    exchanges[0]?.reject(refusal)
    expect(await rejection(first)).toBe(refusal)
    expect(await rejection(get())).toBe(refusal)
    expect(exchanges).toHaveLength(1)
    time.advance(5_000)
    void get()
    expect(exchanges).toHaveLength(2)
  })

  it('wrong credentials are told as unauthorized', async () => {
    await using setup = await clientAndEmulator({ clientSecret: 'wrong' })
    const error = await rejection(setup.easemob.users.get('u'))
    expect(error).toMatchObject({
      code: 'unauthorized',
      operation: 'token.get',
      vendorError: 'invalid_grant',
    })
    expect(setup.emulator.requests.counts()['token']).toBe(1)
  })

  it('a caller who gives up does not take the exchange away from the others', async () => {
    const { tokens, answer, get } = source()
    const controller = new AbortController()
    const impatient = rejection(tokens.get({ ...budget, signal: controller.signal }))
    const patient = get()
    controller.abort()
    expect((await impatient).code).toBe('aborted')
    await answer(0, 'a')
    expect(await patient).toBe('a')
  })
})

describe('a 401', () => {
  const refused = vendorError(401, 'unauthorized', 'Unable to authenticate (OAuth)')

  it('brings a fresh token and one replay, also for calls that are not idempotent', async () => {
    await using vendor = await scriptedVendor([refused, { json: { data: { groupid: '1' } } }])
    const group = { name: 'g', description: 'd', public: true, owner: 'u' }
    expect(await vendor.easemob.groups.create(group)).toEqual({ groupId: '1' })
    expect(vendor.received.map(({ authorization }) => authorization)).toEqual([
      'Bearer YWMt-1',
      'Bearer YWMt-2',
    ])
    expect(vendor.tokens).toBe(2)
  })

  it('again after the replay is final', async () => {
    await using vendor = await scriptedVendor(refused)
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error).toMatchObject({ code: 'unauthorized', attempts: 2 })
    expect(vendor.received).toHaveLength(2)
    expect(vendor.tokens).toBe(2)
  })

  it('does not disturb the token for the next call when it was answered well', async () => {
    await using vendor = await scriptedVendor([refused, userAnswer('u')])
    await vendor.easemob.users.get('u')
    await vendor.easemob.users.get('u')
    expect(vendor.tokens).toBe(2)
  })
})
