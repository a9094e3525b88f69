import { decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { makeToken, ttlSeconds } from '../src/token.ts'

const secret = 'a secret of at least thirty-two bytes'
const key = new TextEncoder().encode(secret)
const now = new Date('2026-01-02T03:04:05Z')

test('a token is HS256 with every claim the gateway reads', async () => {
  const { token, expires_at } = await makeToken({ secret, user: '1', admin: false, ttl: 3600, now })
  const { payload } = await jwtVerify(token, key, { currentDate: now })
  const at = now.getTime() / 1000
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(payload).toEqual({
    iss: 'easemob-cli',
    sub: '1',
    iat: at,
    nbf: at,
    exp: at + 3600,
    jti: expect.any(String),
  })
  expect(expires_at).toBe('2026-01-02T04:04:05.000Z')
})

test('an administrator carries the scope, and no two tokens are the same', async () => {
  const make = () => makeToken({ secret, user: '1', admin: true, ttl: 60, now })
  const [one, other] = [await make(), await make()]
  expect((await jwtVerify(one.token, key, { currentDate: now })).payload['scope']).toBe('easemob:admin')
  expect(one.token).not.toBe(other.token)
})

test('issuer and audience are what the gateway asks for', async () => {
  const { token } = await makeToken({
    secret,
    user: '1',
    admin: false,
    ttl: 60,
    now,
    issuer: 'app',
    audience: 'im',
  })
  const rules = { currentDate: now, issuer: 'app', audience: 'im' }
  expect((await jwtVerify(token, key, rules)).payload.sub).toBe('1')
})

test('a lifetime has a unit', () => {
  expect(['30s', '15m', '1h', '7d'].map(ttlSeconds)).toEqual([30, 900, 3600, 604_800])
  for (const text of ['', '1', 'h', '0h', '1w', '-1h', '1.5h'])
    expect(() => ttlSeconds(text), text).toThrow('--ttl')
})
