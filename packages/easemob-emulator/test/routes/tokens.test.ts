import { describe, expect, test } from 'vitest'
import { connect } from '../support/client.ts'
import { get, getText } from '../support/get.ts'
import { start } from '../support/start.ts'

const DAYS_60 = 60 * 24 * 60 * 60

describe('app tokens', () => {
  test('come without an envelope, with their life in seconds', async () => {
    const { emulator, call } = await start()
    const { status, body } = await call('POST', '/token', {
      grant_type: 'client_credentials',
      client_id: emulator.clientId,
      client_secret: emulator.clientSecret,
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      application: expect.any(String),
      expires_in: DAYS_60,
    })
    expect(get(body, 'access_token')).toMatch(/^YWMt[\w-]+$/)
  })

  test.each([
    ['a number', 1000, 1000],
    ['a string, as the documentation has it', '1024000', 1_024_000],
    ['never, kept within a 32-bit int', 0, 2_147_483_647],
    ['longer than a 32-bit int', 9_999_999_999, 2_147_483_647],
  ])('live as long as ttl says: %s', async (_, ttl, expected) => {
    const { emulator, call } = await start()
    const { body } = await call('POST', '/token', {
      grant_type: 'client_credentials',
      client_id: emulator.clientId,
      client_secret: emulator.clientSecret,
      ttl,
    })
    expect(get(body, 'expires_in')).toBe(expected)
  })

  test('expire on the emulator’s clock', async () => {
    const { emulator, call } = await start()
    emulator.clock.advance(DAYS_60 * 1000 - 60_000)
    expect((await call('GET', '/users')).status).toBe(200)
    emulator.clock.advance(120_000)
    const { status, body } = await call('GET', '/users')
    expect(status).toBe(401)
    expect(get(body, 'error_description')).toBe('Unable to authenticate due to expired access token')
  })

  test('with ttl 0 never expire', async () => {
    const { emulator, call } = await start()
    const { body } = await call('POST', '/token', {
      grant_type: 'client_credentials',
      client_id: emulator.clientId,
      client_secret: emulator.clientSecret,
      ttl: 0,
    })
    emulator.clock.advance(100 * 365 * 24 * 3600 * 1000)
    expect((await call('GET', '/users', undefined, { token: getText(body, 'access_token') })).status).toBe(
      200,
    )
  })

  test('can all be revoked at once; later ones are good', async () => {
    const { emulator, call } = await start()
    emulator.revokeTokens()
    expect((await call('GET', '/users')).body).toMatchObject({
      error: 'unauthorized',
      error_description: 'Unable to authenticate (OAuth)',
    })
    const again = await connect(emulator)
    expect((await again.call('GET', '/users')).status).toBe(200)
  })

  test('of an emulator with the same credentials are good here, too', async () => {
    const [one, other] = [await start(), await start()]
    expect((await other.call('GET', '/users', undefined, { token: one.token })).status).toBe(200)
  })
})

describe('user tokens', () => {
  test('by password name the user, folded to lower case', async () => {
    const { call, register } = await start()
    await register('c')
    const { status, body } = await call('POST', '/token', {
      grant_type: 'password',
      username: 'C',
      password: 'secret',
    })
    expect(status).toBe(200)
    expect(get(body, 'user')).toMatchObject({ type: 'user', username: 'c', activated: true })
    for (const key of ['application', 'action', 'entities']) expect(body).not.toHaveProperty(key)
  })

  test('by inherit need the app token and may create the user', async () => {
    const { call, emulator } = await start()
    const made = await call('POST', '/token', {
      grant_type: 'inherit',
      username: 'New',
      autoCreateUser: true,
    })
    expect(get(made.body, 'user.username')).toBe('new')
    expect(emulator.state.users.count).toBe(1)
    const password = await call('POST', '/token', { grant_type: 'password', username: 'new', password: '' })
    expect(password.status).toBe(400)
  })

  test('read their own user and nothing else', async () => {
    const { call, register } = await start()
    await register('me', 'other')
    const { body } = await call('POST', '/token', {
      grant_type: 'password',
      username: 'me',
      password: 'secret',
    })
    const asked = { token: getText(body, 'access_token') }
    expect((await call('GET', '/users/me', undefined, asked)).status).toBe(200)
    const refused = await call('GET', '/users/other', undefined, asked)
    expect(refused.status).toBe(401)
    expect(get(refused.body, 'error_description')).toMatch(
      /^Subject does not have permission \[applications:get:[0-9a-f-]{36}:\/users\/[0-9a-f-]{36}\]$/,
    )
    expect(get((await call('GET', '/chatgroups', undefined, asked)).body, 'error')).toBe(
      'auth_bad_access_token',
    )
  })

  test('die with their user, also when the name is registered anew', async () => {
    const { call, register } = await start()
    await register('me')
    const { body } = await call('POST', '/token', {
      grant_type: 'password',
      username: 'me',
      password: 'secret',
    })
    await call('DELETE', '/users/me')
    await register('me')
    expect((await call('GET', '/users/me', undefined, { token: getText(body, 'access_token') })).status).toBe(
      401,
    )
  })
})
