import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

/** An app with a group `id` of owner o and members a and b. */
async function startWithGroup() {
  const started = await start()
  await started.register('o', 'a', 'b', 'x')
  return { ...started, id: await started.group('o', ['a', 'b']) }
}

describe('presence', () => {
  test('of one user is offline, also of an unknown one', async () => {
    const { call } = await start()
    const { body } = await call('GET', '/users/Nobody/status')
    expect(body).toMatchObject({ action: 'get', entities: [], data: { nobody: 'offline' }, count: 0 })
  })

  test('of many users is an array of single pairs', async () => {
    const { call } = await start()
    const { body } = await call('POST', '/users/batch/status', { usernames: ['a', 'b'] })
    expect(body).toMatchObject({
      action: 'get batch user status',
      data: [{ a: 'offline' }, { b: 'offline' }],
    })
  })

  test.each([
    ['GET', '/users/a/disconnect'],
    ['DELETE', '/users/a/disconnect/web_1'],
    ['GET', '/users/a/disconnect/web_1'],
  ])('%s %s succeeds although nobody is connected', async (method, path) => {
    const { call, register } = await start()
    await register('a')
    expect(get((await call(method, path)).body, 'data')).toEqual({ result: true })
  })

  test('has offline counts, delivery states and devices', async () => {
    const { call, register } = await start()
    await register('a')
    expect(get((await call('GET', '/users/a/offline_msg_count')).body, 'data')).toEqual({ a: 0 })
    expect(get((await call('GET', '/users/a/offline_msg_status/1')).body, 'data')).toEqual({ 1: 'delivered' })
    expect(get((await call('GET', '/users/a/resources')).body, 'data')).toEqual([])
  })
})

describe('contacts', () => {
  test('are mutual, may be added twice, and removed', async () => {
    const { call, register } = await start()
    await register('a', 'b')
    for (let time = 0; time < 2; time++) {
      const { status, body } = await call('POST', '/users/a/contacts/users/b')
      expect(status).toBe(200)
      expect(get(body, 'entities')).toMatchObject([{ username: 'b', type: 'user' }])
    }
    expect((await call('GET', '/users/b/contacts/users')).body).toMatchObject({ data: ['a'], count: 1 })
    await call('DELETE', '/users/a/contacts/users/b')
    expect((await call('GET', '/users/b/contacts/users')).body).toMatchObject({ data: [], count: 0 })
  })

  test('have remarks and come in pages', async () => {
    const { call, register } = await start()
    await register('a', 'b', 'c', 'd')
    for (const friend of ['b', 'c', 'd']) await call('POST', `/users/a/contacts/users/${friend}`)
    expect((await call('PUT', '/user/a/contacts/users/b', { remark: 'Bee' })).status).toBe(200)
    const first = await call('GET', '/user/a/contacts?limit=2&needReturnRemark=true')
    expect(get(first.body, 'data.contacts')).toEqual([
      { username: 'b', remark: 'Bee' },
      { username: 'c', remark: '' },
    ])
    const next = await call('GET', `/user/a/contacts?limit=2&cursor=${get(first.body, 'data.cursor')}`)
    expect(get(next.body, 'data')).toEqual({ contacts: [{ username: 'd' }] })
  })

  test('can be blocked and unblocked', async () => {
    const { call, register } = await start()
    await register('a', 'b')
    expect(get((await call('POST', '/users/a/blocks/users', { usernames: ['B'] })).body, 'data')).toEqual([
      'b',
    ])
    expect((await call('GET', '/users/a/blocks/users')).body).toMatchObject({ data: ['b'], count: 1 })
    expect(get((await call('DELETE', '/users/a/blocks/users/b')).body, 'entities.0.username')).toBe('b')
    expect((await call('GET', '/users/a/blocks/users')).body).toMatchObject({ data: [], count: 0 })
  })
})

describe('attributes and mutes of a user', () => {
  test('attributes merge and are deleted', async () => {
    const { call, register } = await start()
    await register('a')
    await call('PUT', '/metadata/user/a', undefined, { raw: 'nickname=n&sign=s' })
    const { body } = await call('PUT', '/metadata/user/a', { sign: 't' })
    expect(get(body, 'data')).toEqual({ nickname: 'n', sign: 't' })
    expect(get((await call('DELETE', '/metadata/user/a')).body, 'data')).toBe(true)
    expect(get((await call('GET', '/metadata/user/a')).body, 'data')).toEqual({})
  })

  test('an app-wide mute is accepted', async () => {
    const { call, register } = await start()
    await register('a')
    const { body } = await call('POST', '/mutes', { username: 'a', chat: -1, groupchat: 60 })
    expect(get(body, 'data')).toEqual({ result: 'ok' })
  })
})

describe('group roles', () => {
  test('admins are named, listed as members, and removed', async () => {
    const { call, id } = await startWithGroup()
    const added = await call('POST', `/chatgroups/${id}/admin`, { newadmin: 'A' })
    expect(get(added.body, 'data')).toEqual({ result: 'success', newadmin: 'a' })
    expect((await call('GET', `/chatgroups/${id}/admin`)).body).toMatchObject({ data: ['a'], count: 1 })
    expect(get((await call('GET', `/chatgroups/${id}/users`)).body, 'data')).toContainEqual({ member: 'a' })
    const removed = await call('DELETE', `/chatgroups/${id}/admin/a`)
    expect(get(removed.body, 'data')).toEqual({ result: 'success', oldadmin: 'a' })
    expect(get((await call('GET', `/chatgroups/${id}/admin`)).body, 'data')).toEqual([])
  })

  test('mutes end by themselves, by name, and with -1 never', async () => {
    const { call, id, emulator } = await startWithGroup()
    const expire = expect.any(Number)
    const muted = await call('POST', `/chatgroups/${id}/mute`, { usernames: ['a'], mute_duration: 60_000 })
    expect(get(muted.body, 'data')).toEqual([{ result: true, expire, user: 'a' }])
    await call('POST', `/chatgroups/${id}/mute`, { usernames: ['b'], mute_duration: -1 })
    expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([
      { expire, user: 'a' },
      { expire: -1, user: 'b' },
    ])
    emulator.clock.advance(60_001)
    expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([
      { expire: -1, user: 'b' },
    ])
    const ended = await call('DELETE', `/chatgroups/${id}/mute/b`)
    expect(get(ended.body, 'data')).toEqual([{ result: true, user: 'b' }])
    expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([])
  })

  test('a whole group is muted and unmuted', async () => {
    const { call, id } = await startWithGroup()
    expect(get((await call('POST', `/chatgroups/${id}/ban`)).body, 'data')).toEqual({ mute: true })
    expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0.mute')).toBe(true)
    expect(get((await call('DELETE', `/chatgroups/${id}/ban`)).body, 'data')).toEqual({ mute: false })
  })

  test('blocking ends membership, unblocking does not restore it', async () => {
    const { call, id, emulator } = await startWithGroup()
    const one = await call('POST', `/chatgroups/${id}/blocks/users/a`)
    expect(get(one.body, 'data')).toEqual({ result: true, action: 'add_blocks', user: 'a', groupid: id })
    const many = await call('POST', `/chatgroups/${id}/blocks/users`, { usernames: ['b', 'x'] })
    expect(get(many.body, 'data')).toMatchObject([
      { result: true, user: 'b' },
      { result: false, user: 'x', reason: `user: x doesn't exist in group: ${id}` },
    ])
    expect((await call('GET', `/chatgroups/${id}/blocks/users`)).body).toMatchObject({
      data: ['a', 'b'],
      count: 2,
    })
    const back = await call('DELETE', `/chatgroups/${id}/blocks/users/a`)
    expect(get(back.body, 'data')).toEqual({ result: true, action: 'remove_blocks', user: 'a', groupid: id })
    expect(get((await call('DELETE', `/chatgroups/${id}/blocks/users/b,x`)).body, 'data')).toMatchObject([
      { result: true, user: 'b' },
      { result: false, user: 'x' },
    ])
    expect(emulator.state.groups.get(id)?.members).toEqual(['o'])
  })

  test('the allow list takes members', async () => {
    const { call, id } = await startWithGroup()
    const row = { result: true, action: 'add_user_whitelist', groupid: id }
    expect(get((await call('POST', `/chatgroups/${id}/white/users/a`)).body, 'data')).toEqual({
      ...row,
      user: 'a',
    })
    const many = await call('POST', `/chatgroups/${id}/white/users`, { usernames: ['b'] })
    expect(get(many.body, 'data')).toEqual([{ ...row, user: 'b' }])
    expect(get((await call('GET', `/chatgroups/${id}/white/users`)).body, 'data')).toEqual(['a', 'b'])
    await call('DELETE', `/chatgroups/${id}/white/users/a,b`)
    expect(get((await call('GET', `/chatgroups/${id}/white/users`)).body, 'data')).toEqual([])
  })
})

describe('group announcements', () => {
  test('are set and read', async () => {
    const { call, id } = await startWithGroup()
    const set = await call('POST', `/chatgroups/${id}/announcement`, { announcement: '公告' })
    expect(get(set.body, 'data')).toEqual({ id, result: true })
    const { body } = await call('GET', `/chatgroups/${id}/announcement`)
    expect(get(body, 'data')).toEqual({ announcement: '公告' })
  })

  test('disabling is undone by enabling', async () => {
    const { call, id } = await startWithGroup()
    await call('POST', `/chatgroups/${id}/disable`)
    expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0.disabled')).toBe(true)
    expect(get((await call('POST', `/chatgroups/${id}/enable`)).body, 'data')).toEqual({ disabled: false })
  })
})
