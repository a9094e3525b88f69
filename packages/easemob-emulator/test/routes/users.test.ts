import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('registration', () => {
  test('answers the envelope with one entity for each user, in the order asked', async () => {
    const { call, emulator } = await start()
    const { status, body } = await call('POST', '/users', [
      { username: 'B', password: 'p' },
      { username: 'a', password: 'p', nickname: '昵称' },
    ])
    expect(status).toBe(200)
    expect(body).toMatchObject({
      action: 'post',
      path: '/users',
      uri: `${emulator.url}/demo/app/users`,
      organization: 'demo',
      applicationName: 'app',
      duration: expect.any(Number),
      timestamp: expect.any(Number),
      application: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(get(body, 'entities')).toEqual([
      {
        uuid: expect.stringMatching(UUID),
        type: 'user',
        created: expect.any(Number),
        modified: expect.any(Number),
        username: 'b',
        activated: true,
      },
      expect.objectContaining({ username: 'a', nickname: '昵称' }),
    ])
    expect(body).not.toHaveProperty('data')
    expect(body).not.toHaveProperty('params')
  })

  test('takes a single object as well as an array of one', async () => {
    const { call } = await start()
    expect(
      get((await call('POST', '/users', { username: '1', password: 'p' })).body, 'entities'),
    ).toHaveLength(1)
    expect(
      get((await call('POST', '/users', [{ username: '2', password: 'p' }])).body, 'entities'),
    ).toHaveLength(1)
  })

  test('reports existing names beside the created ones', async () => {
    const { call, register, emulator } = await start()
    await register('user3')
    const { status, body } = await call('POST', '/users', [
      { username: 'USER3', password: 'p' },
      { username: 'user4', password: 'p' },
    ])
    expect(status).toBe(200)
    expect(get(body, 'entities')).toHaveLength(1)
    expect(get(body, 'data')).toEqual([
      { username: 'user3', registerUserFailReason: 'the user3 already exists' },
    ])
    expect(emulator.requests.tallies()).toMatchObject({ usersCreated: 2, existingUsersNamed: 1 })
  })

  test('counts a name that stands twice with one password once', async () => {
    const { call } = await start()
    const twice = { username: 'x', password: 'p' }
    expect(get((await call('POST', '/users', [twice, twice])).body, 'entities')).toHaveLength(1)
  })

  test('takes 60 and refuses 61 as a whole', async () => {
    const { call, emulator } = await start()
    const users = Array.from({ length: 61 }, (_, index) => ({ username: `u${index}`, password: 'p' }))
    expect((await call('POST', '/users', users)).status).toBe(400)
    expect(emulator.state.users.count).toBe(0)
    expect(get((await call('POST', '/users', users.slice(1))).body, 'entities')).toHaveLength(60)
  })

  test('registers nobody when one element is wrong', async () => {
    const { call, emulator } = await start()
    const { status } = await call('POST', '/users', [
      { username: 'ok', password: 'p' },
      { username: 'not ok', password: 'p' },
    ])
    expect(status).toBe(400)
    expect(emulator.state.users.count).toBe(0)
  })

  test('in open mode takes single users without a token', async () => {
    const { call } = await start({ registration: 'open' })
    const user = { username: 'x', password: 'p' }
    expect((await call('POST', '/users', user, { token: undefined })).status).toBe(200)
    expect((await call('POST', '/users', [user], { token: undefined })).status).toBe(401)
  })
})

describe('a user', () => {
  test('is read by name in any case and by uuid, without the keys of the application', async () => {
    const { call, register, emulator } = await start()
    await register('user1')
    const { body } = await call('GET', '/users/USER1')
    expect(body).toMatchObject({
      action: 'get',
      path: '/users',
      count: 1,
      uri: `${emulator.url}/demo/app/users/user1`,
    })
    for (const key of ['application', 'organization', 'applicationName']) expect(body).not.toHaveProperty(key)
    expect(get(body, 'entities.0')).not.toHaveProperty('nickname')
    const again = await call('GET', `/users/${get(body, 'entities.0.uuid')}`)
    expect(get(again.body, 'entities')).toEqual(get(body, 'entities'))
  })

  test('gets a new password, and the old one is good no more', async () => {
    const { call, register, emulator } = await start()
    await register('u')
    const { body } = await call('PUT', '/users/u/password', { newpassword: 'next' })
    expect(body).toEqual({
      action: 'set user password',
      timestamp: expect.any(Number),
      duration: expect.any(Number),
    })
    const login = (password: string) =>
      call('POST', '/token', { grant_type: 'password', username: 'u', password })
    expect(get((await login('secret')).body, 'error_description')).toBe('invalid password')
    expect((await login('next')).status).toBe(200)
    expect(emulator.state.users.get('u')?.password).toBe('next')
  })

  test('is deactivated and activated', async () => {
    const { call, register } = await start()
    await register('u')
    const off = await call('POST', '/users/u/deactivate')
    expect(off.body).toMatchObject({
      action: 'Deactivate user',
      entities: [{ username: 'u', activated: false }],
    })
    const login = () => call('POST', '/token', { grant_type: 'password', username: 'u', password: 'secret' })
    expect(get((await login()).body, 'error_description')).toBe('user not activated')
    const on = await call('POST', '/users/u/activate')
    expect(get(on.body, 'action')).toBe('activate user')
    expect(on.body).not.toHaveProperty('entities')
    expect((await login()).status).toBe(200)
  })

  test('takes its groups along when deleted, and leaves those of others', async () => {
    const { call, register, group, emulator } = await start()
    await register('a', 'b')
    const own = await group('a', ['b'])
    const other = await group('b', ['a'])
    const { body } = await call('DELETE', '/users/a')
    expect(body).toMatchObject({ action: 'delete', path: '/users', entities: [{ username: 'a' }] })
    expect((await call('GET', `/chatgroups/${own}`)).status).toBe(404)
    expect(get((await call('GET', `/chatgroups/${other}`)).body, 'data.0.affiliations')).toEqual([
      { owner: 'b' },
    ])
    expect(emulator.requests.tallies().groupsDeleted).toBe(1)
  })

  test('gets a push nickname', async () => {
    const { call, register } = await start()
    await register('u')
    expect(get((await call('PUT', '/users/u', { nickname: 'N' })).body, 'entities.0.nickname')).toBe('N')
  })
})

describe('lists of users', () => {
  test('are oldest first, ten to a page unless asked, a hundred at most', async () => {
    const { call, register } = await start()
    await register(...Array.from({ length: 130 }, (_, index) => `u${index}`))
    const first = await call('GET', '/users')
    expect(first.body).toMatchObject({ count: 10, cursor: expect.any(String) })
    expect(get(first.body, 'entities.0.username')).toBe('u0')
    expect(first.body).not.toHaveProperty('params')
    const most = await call('GET', '/users?limit=500')
    expect(most.body).toMatchObject({ count: 100, params: { limit: ['500'] } })
    const last = await call('GET', `/users?limit=100&cursor=${get(most.body, 'cursor')}`)
    expect(get(last.body, 'count')).toBe(30)
    expect(last.body).not.toHaveProperty('cursor')
  })

  test('can be of the active or the inactive only', async () => {
    const { call, register } = await start()
    await register('a', 'b')
    await call('POST', '/users/a/deactivate')
    expect(get((await call('GET', '/users?activated=0')).body, 'entities')).toMatchObject([{ username: 'a' }])
    expect(get((await call('GET', '/users?activated=1')).body, 'entities')).toMatchObject([{ username: 'b' }])
  })

  test('are deleted from the oldest on', async () => {
    const { call, register, emulator } = await start()
    await register('a', 'b', 'c')
    const { body } = await call('DELETE', '/users?limit=2')
    expect(get(body, 'entities')).toMatchObject([{ username: 'a' }, { username: 'b' }])
    expect(get(body, 'cursor')).toEqual(expect.any(String))
    expect(emulator.state.users.list()).toMatchObject([{ username: 'c' }])
  })
})
