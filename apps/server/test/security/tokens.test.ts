import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTokens, type Tokens } from '../../src/access/tokens.ts'
import { forge } from './support/forgeries.ts'
import { type KeySet, signingKey, startKeySet } from './support/key-set.ts'

const secret = 's'.repeat(64)
const nobody: ReadonlySet<string> = new Set()
const seconds = (ms: number) => Math.floor(ms / 1000)

describe('tokens of a key set', () => {
  let keys: KeySet
  let tokens: Tokens
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    keys = await startKeySet()
    tokens = createTokens({
      ...{ jwtSecret: secret, jwksUrl: keys.url, jwtIssuer: null, jwtAudience: null },
      adminUserIds: nobody,
    })
  })
  afterEach(async () => {
    vi.useRealTimers()
    await keys.close()
  })
  const verify = async (token: string) => tokens.verify(token)

  test.each(['RS256', 'ES256'] as const)('%s is believed, and read as HS256 tokens are', async alg => {
    const key = await signingKey(alg, 'one')
    keys.show(key)
    expect(await verify(await key.sign({ sub: '7' }))).toEqual({ id: '7', admin: false })
    expect(await verify(await key.sign({ sub: '8', scope: 'a easemob:admin' }))).toEqual({
      id: '8',
      admin: true,
    })
  })

  test('HS256 with the secret goes on beside the key set', async () => {
    const token = forge({ alg: 'HS256' }, { sub: 9, exp: seconds(Date.now()) + 60 }, secret)
    expect(await verify(token)).toEqual({ id: '9', admin: false })
    expect(keys.asked()).toBe(0)
  })

  test('a key that came later is found, one that was taken away is not, and the set is asked rarely', async () => {
    const [before, after] = await Promise.all([signingKey('RS256', 'before'), signingKey('ES256', 'after')])
    keys.show(before)
    await verify(await before.sign({ sub: '1' }))
    await verify(await before.sign({ sub: '2' }))
    expect(keys.asked()).toBe(1)
    keys.show(after)
    const early = await after.sign({ sub: '3' })
    await expect(verify(early)).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
    expect(keys.asked()).toBe(1)
    vi.setSystemTime(Date.now() + 31_000)
    expect(await verify(early)).toMatchObject({ id: '3' })
    expect(keys.asked()).toBe(2)
    await expect(verify(await before.sign({ sub: '4' }))).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
  })

  test('made-up key ids do not make us ask again and again', async () => {
    const one = await signingKey('RS256', 'one')
    keys.show(one)
    const strangers = await Promise.all(['a', 'b', 'c'].map(kid => signingKey('ES256', kid)))
    for (const stranger of strangers)
      await expect(verify(await stranger.sign({ sub: '1' }))).rejects.toMatchObject({
        key: 'UNAUTHENTICATED',
      })
    expect(keys.asked()).toBe(1)
    vi.setSystemTime(Date.now() + 31_000)
    for (const stranger of strangers)
      await expect(verify(await stranger.sign({ sub: '2' }))).rejects.toMatchObject({
        key: 'UNAUTHENTICATED',
      })
    expect(keys.asked()).toBe(2)
    expect(await verify(await one.sign({ sub: '3' }))).toMatchObject({ id: '3' })
  })

  test('the set is kept for ten minutes, and then read anew: a key that was taken away is over', async () => {
    const [old, young] = await Promise.all([signingKey('RS256', 'old'), signingKey('RS256', 'young')])
    keys.show(old)
    expect(await verify(await old.sign({ sub: '1' }))).toMatchObject({ id: '1' })
    keys.show(young)
    vi.setSystemTime(Date.now() + 599_000)
    expect(await verify(await old.sign({ sub: '2' }))).toMatchObject({ id: '2' })
    vi.setSystemTime(Date.now() + 2000)
    await expect(verify(await old.sign({ sub: '3' }))).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
    expect(await verify(await young.sign({ sub: '4' }))).toMatchObject({ id: '4' })
    expect(keys.asked()).toBe(2)
  })

  test('a key set that cannot be read says nothing of the token: 503, not 401', async () => {
    const key = await signingKey('RS256', 'one')
    keys.show(key)
    const token = await key.sign({ sub: '1' })
    await keys.close()
    await expect(verify(token)).rejects.toMatchObject({ key: 'UNAVAILABLE', details: { retryAfter: 5 } })
  })

  test.each([
    ['answers 500', 500, '{"keys":[]}'],
    ['sends something else', 200, '<html>'],
    ['sends JSON that is no key set', 200, '{"keys":7}'],
    ['leads elsewhere', 302, ''],
  ])('one that %s is left alone for five seconds, whatever comes in', async (_, status, body) => {
    const key = await signingKey('RS256', 'one')
    keys.show(key)
    keys.answer(status, body)
    for (const sub of ['1', '2', '3'])
      await expect(verify(await key.sign({ sub }))).rejects.toMatchObject({ key: 'UNAVAILABLE' })
    expect(keys.asked()).toBe(1)
    keys.answer(200)
    vi.setSystemTime(Date.now() + 5001)
    expect(await verify(await key.sign({ sub: '4' }))).toMatchObject({ id: '4' })
    expect(keys.asked()).toBe(2)
  })

  test('while it cannot be read, keys that are known go on, and made-up ids do not change that', async () => {
    const [key, stranger] = await Promise.all([signingKey('RS256', 'one'), signingKey('RS256', 'other')])
    keys.show(key)
    await verify(await key.sign({ sub: '1' }))
    keys.answer(503, '')
    vi.setSystemTime(Date.now() + 31_000)
    for (const sub of ['2', '3', '4']) {
      await expect(verify(await stranger.sign({ sub }))).rejects.toMatchObject({ key: 'UNAVAILABLE' })
      expect(await verify(await key.sign({ sub }))).toMatchObject({ id: sub })
    }
    expect(keys.asked()).toBe(2)
  })

  test('without a secret HS256 is nothing, without a key set RS256 is nothing', async () => {
    const key = await signingKey('RS256', 'one')
    keys.show(key)
    const base = { jwtIssuer: null, jwtAudience: null, adminUserIds: nobody }
    const keyed = createTokens({ ...base, jwtSecret: null, jwksUrl: keys.url })
    const shared = createTokens({ ...base, jwtSecret: secret, jwksUrl: null })
    const claims = { sub: '1', exp: seconds(Date.now()) + 60 }
    for (const word of ['', secret, JSON.stringify(key.jwk)])
      await expect(async () => keyed.verify(forge({ alg: 'HS256' }, claims, word))).rejects.toMatchObject({
        key: 'UNAUTHENTICATED',
      })
    await expect(async () => shared.verify(await key.sign({ sub: '1' }))).rejects.toMatchObject({
      key: 'UNAUTHENTICATED',
    })
  })

  /** Each claim alone, at the last second that is let through and at the first that is not. */
  test.each([
    ['exp', -59, true],
    ['exp', -60, false],
    ['nbf', 60, true],
    ['nbf', 61, false],
    ['iat', 60, true],
    ['iat', 61, false],
  ] as const)('a minute of leeway, and not a second more: %s at %i s', async (claim, offset, good) => {
    vi.setSystemTime(1_800_000_000_000)
    const now = seconds(Date.now())
    const key = await signingKey('ES256', 'one')
    keys.show(key)
    const claims = { sub: '1', exp: now + 600, [claim]: now + offset }
    for (const token of [forge({ alg: 'HS256' }, claims, secret), await key.sign(claims)])
      if (good) expect(await verify(token)).toMatchObject({ id: '1' })
      else await expect(verify(token)).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
  })

  test('a token that was verified is not remembered past its end', async () => {
    vi.useRealTimers()
    // Its minute of leeway is over within a second.
    const token = forge({ alg: 'HS256' }, { sub: '1', exp: seconds(Date.now()) - 58 }, secret)
    const outcome = () =>
      verify(token).then(
        () => 'believed',
        () => 'refused',
      )
    expect(await outcome()).toBe('believed')
    await expect.poll(outcome, { timeout: 10_000 }).toBe('refused')
  })

  test.each(['exp', 'nbf', 'iat'])('%s is a number or nothing', async claim => {
    for (const value of ['1', null, true, [], {}]) {
      const claims = { sub: '1', exp: seconds(Date.now()) + 60, [claim]: value }
      await expect(verifyHs256(claims)).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
    }
  })

  test.each([
    [7, '7'],
    ['7', '7'],
    [9007199254740991, '9007199254740991'],
    ['9007199254740991', '9007199254740991'],
  ])('the subject %j is the user %s', async (sub, id) => {
    expect(await verifyHs256({ sub, exp: seconds(Date.now()) + 60 })).toMatchObject({ id })
  })

  test.each([
    [0],
    ['0'],
    ['01'],
    ['+1'],
    [' 1'],
    ['1\n'],
    ['１'],
    ['0x1'],
    ['1e3'],
    [1.5],
    ['1.5'],
    [-1],
    ['-1'],
    [2 ** 53],
    ['9007199254740992'],
    [1e21],
    [true],
    [['1']],
    [{ toString: '1' }],
    [null],
    [''],
    [undefined],
  ])('the subject %j is nobody', async sub => {
    await expect(verifyHs256({ sub, exp: seconds(Date.now()) + 60 })).rejects.toMatchObject({
      key: 'UNAUTHENTICATED',
    })
  })

  test('of several audiences one must be ours', async () => {
    const strict = createTokens({
      ...{ jwtSecret: secret, jwksUrl: null, jwtIssuer: null, jwtAudience: 'us' },
      adminUserIds: nobody,
    })
    const ask = async (aud: unknown) =>
      strict.verify(forge({ alg: 'HS256' }, { sub: '1', exp: seconds(Date.now()) + 60, aud }, secret))
    for (const aud of ['us', ['us'], ['them', 'us']]) expect(await ask(aud)).toMatchObject({ id: '1' })
    for (const aud of ['them', [], ['them'], 'us,them', 'US', { us: 1 }, null, undefined])
      await expect(ask(aud)).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
  })

  const verifyHs256 = async (claims: object) => tokens.verify(forge({ alg: 'HS256' }, claims, secret))
})
