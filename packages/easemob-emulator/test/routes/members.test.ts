import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

describe('adding members', () => {
  test('one answers result, several answer the new ones only', async () => {
    const { call, register, group } = await start()
    await register('o', 'a', 'b')
    const groupid = await group('o')
    const one = await call('POST', `/chatgroups/${groupid}/users/A`)
    expect(get(one.body, 'data')).toEqual({ result: true, groupid, action: 'add_member', user: 'a' })
    const many = await call('POST', `/chatgroups/${groupid}/users`, { usernames: ['a', 'B', 'b'] })
    expect(get(many.body, 'data')).toEqual({ newmembers: ['b'], groupid, action: 'add_member' })
  })

  test('adds nobody when one name is unknown or the room is short', async () => {
    const { call, register, group, emulator } = await start()
    await register('o', 'a', 'b')
    const id = await group('o', [], { maxusers: 2 })
    expect((await call('POST', `/chatgroups/${id}/users`, { usernames: ['a', 'nobody'] })).status).toBe(404)
    const full = await call('POST', `/chatgroups/${id}/users`, { usernames: ['a', 'b'] })
    expect(full.body).toMatchObject({ error: 'exceed_limit' })
    expect(emulator.state.groups.get(id)?.members).toEqual(['o'])
  })

  test('brings a blocked user back', async () => {
    const { call, register, group } = await start()
    await register('o', 'a')
    const id = await group('o', ['a'])
    await call('POST', `/chatgroups/${id}/blocks/users/a`)
    expect((await call('POST', `/chatgroups/${id}/users/a`)).status).toBe(200)
    expect(get((await call('GET', `/chatgroups/${id}/blocks/users`)).body, 'data')).toEqual([])
  })
})

describe('removing members', () => {
  test('one answers an object, several an array with a reason for each failure', async () => {
    const { call, register, group } = await start()
    await register('o', 'a', 'b')
    const groupid = await group('o', ['a', 'b'])
    const one = await call('DELETE', `/chatgroups/${groupid}/users/a`)
    expect(get(one.body, 'data')).toEqual({ result: true, action: 'remove_member', user: 'a', groupid })
    const many = await call('DELETE', `/chatgroups/${groupid}/users/a,b`)
    expect(get(many.body, 'data')).toEqual([
      { result: false, action: 'remove_member', user: 'a', groupid, reason: "user a doesn't exist." },
      { result: true, action: 'remove_member', user: 'b', groupid },
    ])
  })

  test('takes their roles along', async () => {
    const { call, register, group } = await start()
    await register('o', 'a')
    const id = await group('o', ['a'])
    await call('POST', `/chatgroups/${id}/admin`, { newadmin: 'a' })
    await call('DELETE', `/chatgroups/${id}/users/a`)
    expect(get((await call('GET', `/chatgroups/${id}/admin`)).body, 'data')).toEqual([])
  })
})

describe('listing members', () => {
  test('starts with the owner and pages by number', async () => {
    const { call, register, group } = await start()
    await register('o', ...names(4))
    const id = await group('o', names(4))
    const { body } = await call('GET', `/chatgroups/${id}/users?pagenum=1&pagesize=2`)
    expect(get(body, 'data')).toEqual([{ owner: 'o' }, { member: 'm0' }])
    expect(body).toMatchObject({ count: 2, params: { pagenum: ['1'], pagesize: ['2'] } })
    const last = await call('GET', `/chatgroups/${id}/users?pagenum=3&pagesize=2`)
    expect(get(last.body, 'data')).toEqual([{ member: 'm3' }])
    expect(
      get((await call('GET', `/chatgroups/${id}/users?pagenum=0&pagesize=1`)).body, 'data'),
    ).toHaveLength(1)
    expect((await call('GET', `/chatgroups/${id}/users?pagenum=9`)).body).toMatchObject({
      data: [],
      count: 0,
    })
  })

  test('tells when they joined if asked', async () => {
    const { call, register, group } = await start()
    await register('o')
    const { body } = await call('GET', `/chatgroups/${await group('o')}/users?joined_time=true`)
    expect(get(body, 'data')).toEqual([{ owner: 'o', joined_time: expect.any(Number) }])
  })

  test('in version 3 gives plain names without the owner, by cursor, though members leave', async () => {
    const { call, register, group } = await start()
    await register('o', ...names(4))
    const id = await group('o', names(4))
    const first = await call('GET', `/chatgroups/${id}/users?version=v3&limit=2`)
    expect(get(first.body, 'data')).toEqual(['m0', 'm1'])
    await call('DELETE', `/chatgroups/${id}/users/m0`)
    const next = await call(
      'GET',
      `/chatgroups/${id}/users?version=v3&limit=2&cursor=${get(first.body, 'cursor')}`,
    )
    expect(get(next.body, 'data')).toEqual(['m2', 'm3'])
    expect(next.body).not.toHaveProperty('cursor')
    const back = await call('GET', `/chatgroups/${id}/users?version=v3&limit=2&sort=desc`)
    expect(get(back.body, 'data')).toEqual(['m3', 'm2'])
  })

  test('shows at most 10,000 in the detail, and counts all', async () => {
    const { call, emulator } = await start({
      seed: {
        users: ['o', ...names(10_050)].map(username => ({ username, password: 'p' })),
        groups: [{ groupid: '77', owner: 'o', members: names(10_050), maxusers: 20_000 }],
      },
    })
    const { body } = await call('GET', '/chatgroups/77')
    expect(get(body, 'data.0.affiliations')).toHaveLength(10_000)
    expect(get(body, 'data.0.affiliations.9999')).toEqual({ owner: 'o' })
    expect(get(body, 'data.0.affiliations_count')).toBe(10_051)
    expect(emulator.state.groups.get('77')?.members).toHaveLength(10_051)
  })
})

describe('the groups of a user', () => {
  test('come newest joined first, from page 1, in data', async () => {
    const { call, register, group } = await start()
    await register('o')
    const ids = [await group('o', [], { groupname: 'x' }), await group('o', [], { groupname: 'y' })]
    const all = await call('GET', '/users/o/joined_chatgroups')
    expect(get(all.body, 'data')).toEqual([
      { groupid: ids[1], groupname: 'y' },
      { groupid: ids[0], groupname: 'x' },
    ])
    const page = await call('GET', '/users/o/joined_chatgroups?pagesize=1&pagenum=2')
    expect(page.body).toMatchObject({ data: [{ groupid: ids[0] }], count: 1 })
    expect((await call('GET', '/users/o/joined_chatgroups?pagenum=9')).body).toMatchObject({
      data: [],
      count: 0,
    })
  })

  test('come from page 0 in entities in the newer form', async () => {
    const { call, register, group } = await start()
    await register('o')
    const id = await group('o', [], { groupname: 'x' })
    const { body } = await call('GET', '/chatgroups/user/o?pagenum=0&pagesize=50')
    expect(get(body, 'total')).toBe(1)
    expect(get(body, 'entities')).toMatchObject([{ id, groupId: id, name: 'x', owner: 'o', maxusers: 200 }])
    expect(body).not.toHaveProperty('data')
  })

  test('are asked one by one with is_joined', async () => {
    const { call, register, group } = await start()
    await register('o', 'x')
    const id = await group('o')
    expect(get((await call('GET', `/chatgroups/${id}/user/O/is_joined`)).body, 'data')).toBe(true)
    expect(get((await call('GET', `/chatgroups/${id}/user/x/is_joined`)).body, 'data')).toBe(false)
  })
})
