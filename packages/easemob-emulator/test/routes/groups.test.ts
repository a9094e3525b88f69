import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

describe('creating a group', () => {
  test('answers its id, a string of 14 to 18 digits', async () => {
    const { call, register } = await start()
    await register('o', 'm')
    const { status, body } = await call('POST', '/chatgroups', {
      public: true,
      owner: 'O',
      members: ['M', 'o', 'm'],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      action: 'post',
      entities: [],
      data: { groupid: expect.stringMatching(/^\d{14,18}$/) },
    })
    expect(body).not.toHaveProperty('path')
  })

  test('honours a custom id once', async () => {
    const { call, register } = await start()
    await register('o')
    const fields = { public: true, owner: 'o', groupid: '987654321012345678' }
    expect(get((await call('POST', '/chatgroups', fields)).body, 'data')).toEqual({
      groupid: '987654321012345678',
    })
    expect((await call('POST', '/chatgroups', fields)).body).toMatchObject({
      error: 'illegal_argument',
      error_description: 'group ID 987654321012345678 already exists!',
    })
  })

  test('forces allowinvites to false on public groups only', async () => {
    const { call, register, group } = await start()
    await register('o')
    const open = await group('o', [], { public: true, allowinvites: true })
    const closed = await group('o', [], { public: false, allowinvites: true })
    const { body } = await call('GET', `/chatgroups/${open},${closed}`)
    expect(get(body, 'data')).toMatchObject([{ allowinvites: false }, { allowinvites: true }])
  })

  test.each([
    ['desc', { desc: 'd' }, { description: 'd' }],
    ['description', { description: 'd' }, { description: 'd' }],
    ['members_only', { members_only: true }, { membersonly: true }],
    ['approval', { approval: true }, { membersonly: true }],
    ['scale', { scale: 'large' }, { scale: 'large' }],
  ])('takes %s', async (_, fields, expected) => {
    const { call, register, group } = await start()
    await register('o')
    expect(
      get((await call('GET', `/chatgroups/${await group('o', [], fields)}`)).body, 'data.0'),
    ).toMatchObject(expected)
  })
})

describe('group details', () => {
  test('have all keys, members before the owner', async () => {
    const { call, register, group } = await start()
    await register('u1', 'u2')
    const id = await group('u1', ['u2'], { groupname: 'g', desc: 'd', custom: 'c', avatar: 'a' })
    const { body } = await call('GET', `/chatgroups/${id}`)
    expect(body).toMatchObject({ action: 'get', entities: [], count: 1 })
    expect(get(body, 'data')).toEqual([
      {
        id,
        name: 'g',
        description: 'd',
        membersonly: false,
        allowinvites: false,
        invite_need_confirm: true,
        maxusers: 200,
        owner: 'u1',
        created: expect.any(Number),
        custom: 'c',
        mute: false,
        scale: 'normal',
        disabled: false,
        avatar: 'a',
        affiliations_count: 2,
        affiliations: [{ member: 'u2' }, { owner: 'u1' }],
        public: true,
      },
    ])
  })

  test('of a missing group among others is an element without id', async () => {
    const { call, register, group } = await start()
    await register('o')
    const id = await group('o')
    const { status, body } = await call('GET', `/chatgroups/${id},404404`)
    expect(status).toBe(200)
    expect(get(body, 'count')).toBe(1)
    expect(get(body, 'data.1')).toEqual({ groupid: '404404', error: "group id doesn't exist" })
  })
})

describe('the list of groups', () => {
  test('is newest first with its odd row shape', async () => {
    const { call, register, group } = await start()
    await register('o', 'm')
    const ids = [await group('o', ['m'], { groupname: 'one' }), await group('o', [], { groupname: 'two' })]
    const { body } = await call('GET', '/chatgroups?limit=1')
    expect(get(body, 'data')).toEqual([
      {
        owner: 'demo#app_o',
        groupid: ids[1],
        affiliations: 1,
        type: 'group',
        lastModified: expect.stringMatching(/^\d{13}$/),
        groupname: 'two',
      },
    ])
    const next = await call('GET', `/chatgroups?limit=1&cursor=${get(body, 'cursor')}`)
    expect(get(next.body, 'data')).toMatchObject([{ groupid: ids[0], affiliations: 2 }])
    expect(next.body).not.toHaveProperty('cursor')
  })
})

describe('editing a group', () => {
  test('answers true for each field sent and changes it', async () => {
    const { call, register, group } = await start()
    await register('o')
    const id = await group('o')
    const { body } = await call('PUT', `/chatgroups/${id}`, {
      name: 'n',
      description: 'd',
      maxusers: 500,
      public: false,
    })
    expect(get(body, 'data')).toEqual({ name: true, description: true, maxusers: true, public: true })
    expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0')).toMatchObject({
      name: 'n',
      description: 'd',
      maxusers: 500,
      public: false,
    })
  })

  test('hands it to a member; the old owner stays a member', async () => {
    const { call, register, group, emulator } = await start()
    await register('a', 'b')
    const id = await group('a', ['b'])
    expect(get((await call('PUT', `/chatgroups/${id}`, { newowner: 'B' })).body, 'data')).toEqual({
      newowner: true,
    })
    expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0')).toMatchObject({
      owner: 'b',
      affiliations: [{ member: 'a' }, { owner: 'b' }],
    })
    expect(emulator.requests.counts()).toMatchObject({ 'groups.transfer': 1 })
  })
})

test('a deleted group is gone, also a disabled one', async () => {
  const { call, register, group } = await start()
  await register('o')
  const id = await group('o')
  expect(get((await call('POST', `/chatgroups/${id}/disable`)).body, 'data')).toEqual({ disabled: true })
  expect(get((await call('DELETE', `/chatgroups/${id}`)).body, 'data')).toEqual({
    success: true,
    groupid: id,
  })
  expect((await call('DELETE', `/chatgroups/${id}`)).status).toBe(404)
})
