import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTokens, type Tokens } from '../../src/auth/tokens.ts'
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
    keys.show(await signingKey('RS256', 'one'))
    const strangers = await Promise.all(['a', 'b', 'c'].map(kid => signingKey('ES256', kid)))
    for (const stranger of strangers)
      await expect(verify(await stranger.sign({ sub: '1' }))).rejects.toMatchObject({
        key: 'UNAUTHENTICATED',
      })
    expect(keys.asked()).toBe(1)
  })

  test('a key set that cannot be read says nothing of the token: 503, not 401', async () => {
    const key = await signingKey('RS256', 'one')
    keys.show(key)
    const token = await key.sign({ sub: '1' })
    await keys.close()
    await expect(verify(token)).rejects.toMatchObject({ key: 'UNAVAILABLE' })
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

  test('a minute of leeway, and not a second more', async () => {
    const now = seconds(Date.now())
    const brief = forge({ alg: 'HS256' }, { sub: '1', exp: now + 1 }, secret)
    expect(await verify(brief)).toMatchObject({ id: '1' })
    const late = forge({ alg: 'HS256' }, { sub: '1', exp: now - 59 }, secret)
    expect(await verify(late)).toMatchObject({ id: '1' })
    const soon = forge({ alg: 'HS256' }, { sub: '1', exp: now + 600, nbf: now + 59, iat: now + 59 }, secret)
    expect(await verify(soon)).toMatchObject({ id: '1' })
    const over = forge({ alg: 'HS256' }, { sub: '1', exp: now - 61 }, secret)
    await expect(verify(over)).rejects.toMatchObject({ key: 'UNAUTHENTICATED' })
  })
})
