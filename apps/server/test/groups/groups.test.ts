import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

describe.each(databaseKinds)('groups on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2, 4, 5, 7, 8)
  })
  afterAll(() => gateway.close())

  const create = (owner: number, input: object = {}) =>
    gateway.as(owner).groups.create.mutate({ groupname: '花儿巷', desc: '来自花儿巷的朋友', ...input })
  const one = async (as: number, im_group_id: string) =>
    (await gateway.as(as).groups.get.query({ im_group_id: [im_group_id] }))[0]
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => 'accepted',
      error => error.data?.reason,
    )

  test('a new group has the caller as owner, its members at once, and no marker to be seen', async () => {
    const { im_group_id } = await create(1, { members: ['2', '4', '1', '2'], maxusers: 300 })
    const group = await one(1, im_group_id)
    expect(group).toMatchObject({
      id: im_group_id,
      name: '花儿巷',
      description: '来自花儿巷的朋友',
      membersonly: false,
      allowinvites: true,
      maxusers: 300,
      owner: '1',
      custom: '',
      affiliations_count: 3,
      public: true,
      group_face: '',
    })
    expect(group?.affiliations.map(({ id, is_owner }) => [id, is_owner])).toEqual([
      [1, 1],
      [2, 0],
      [4, 0],
    ])
    expect(gateway.emulator.state.groups.get(im_group_id)?.custom).not.toBe('')
  })

  test('a stranger among the members refuses the whole group, and the vendor never hears of it', async () => {
    const before = gateway.emulator.state.groups.count
    expect(await refusal(create(1, { members: ['2', '999'] }))).toBe('USER_NOT_FOUND')
    expect(await refusal(create(1, { members: ['2', '4', '5'], maxusers: 3 }))).toBe('VALIDATION_FAILED')
    expect(gateway.emulator.state.groups.count).toBe(before)
  })

  test('owner and members without an IM account are registered first', async () => {
    await gateway.people(21, 22)
    const { im_group_id } = await create(21, { members: ['22'] })
    expect(gateway.emulator.state.users.get('21')).toBeDefined()
    expect(gateway.emulator.state.groups.get(im_group_id)?.members.toSorted()).toEqual(['21', '22'])
  })

  test('one Idempotency-Key makes one group, also for ten requests at once, and refuses another body', async () => {
    const before = gateway.emulator.state.groups.count
    const made = await Promise.all(Array.from({ length: 10 }, () => create(2, { idempotency_key: 'once' })))
    expect(new Set(made.map(({ im_group_id }) => im_group_id)).size).toBe(1)
    expect(gateway.emulator.state.groups.count).toBe(before + 1)
    expect(await refusal(create(2, { idempotency_key: 'once', desc: 'other' }))).toBe('CONFLICT')
    const other = await create(4, { idempotency_key: 'once' })
    expect(other.im_group_id).not.toBe(made[0]?.im_group_id)
    await gateway.as(2).groups.delete.mutate({ im_group_id: made[0]?.im_group_id ?? '' })
    expect(await create(2, { idempotency_key: 'once' })).toEqual(made[0])
  })

  test('two equal requests without a key make two groups', async () => {
    expect(await create(1)).not.toEqual(await create(1))
  })

  test('an update changes what it names and keeps the rest', async () => {
    const { im_group_id } = await create(1, { maxusers: 300, allowinvites: false })
    const change = { im_group_id, groupname: '新', desc: '新的', group_face: 42 }
    expect(await gateway.as(1).groups.update.mutate(change)).toEqual({
      groupname: '新',
      desc: '新的',
      public: true,
      maxusers: 300,
      members_only: false,
      allowinvites: false,
      group_face: '/api/v2/files/42',
      im_group_id,
    })
    await gateway
      .as(1)
      .groups.update.mutate({ im_group_id, groupname: '又', desc: '新的', group_face: 0, allowinvites: true })
    expect(await one(1, im_group_id)).toMatchObject({
      name: '又',
      allowinvites: true,
      group_face: '/api/v2/files/42',
    })
    expect(await gateway.as(8).groups.faces.query({ im_group_id: [im_group_id, '123456789'] })).toEqual([
      { im_group_id, group_face: 42 },
    ])
  })

  test('ownership moves to a member and to nobody else; the old owner stays in', async () => {
    const { im_group_id } = await create(1, { members: ['2'] })
    const transfer = (new_owner_user: string) =>
      gateway.as(1).groups.update.mutate({ im_group_id, groupname: 'g', desc: 'd', new_owner_user })
    expect(await refusal(transfer('999'))).toBe('USER_NOT_FOUND')
    expect(await refusal(transfer('4'))).toBe('NOT_A_MEMBER')
    await transfer('2')
    const group = await one(2, im_group_id)
    expect(group?.owner).toBe('2')
    expect(group?.affiliations.map(({ id }) => id)).toEqual([2, 1])
    expect(await refusal(transfer('1'))).toBe('FORBIDDEN')
  })

  test('maxusers below the present count is refused', async () => {
    const { im_group_id } = await create(1, { members: ['2', '4', '5'] })
    const change = { im_group_id, groupname: 'g', desc: 'd', maxusers: 3 }
    expect(await refusal(gateway.as(1).groups.update.mutate(change))).toBe('VALIDATION_FAILED')
  })

  test('what may not be seen answers as what does not exist; what may be seen and not changed is forbidden', async () => {
    const { im_group_id } = await create(1, { members: ['2'], public: false, allowinvites: false })
    const rename = { im_group_id, groupname: 'g', desc: 'd' }
    const members = { im_group_id, members: ['4'] }
    const stranger = gateway.as(5)
    expect(await refusal(stranger.groups.get.query({ im_group_id: [im_group_id] }))).toBe('GROUP_NOT_FOUND')
    expect(await refusal(stranger.groups.update.mutate(rename))).toBe('GROUP_NOT_FOUND')
    expect(await refusal(stranger.groups.addMembers.mutate(members))).toBe('GROUP_NOT_FOUND')
    expect(await refusal(stranger.groups.removeMembers.mutate(members))).toBe('GROUP_NOT_FOUND')
    expect(await refusal(stranger.groups.delete.mutate({ im_group_id }))).toBe('GROUP_NOT_FOUND')
    const member = gateway.as(2)
    expect(await member.groups.get.query({ im_group_id: [im_group_id, '1'] })).toHaveLength(1)
    expect(await refusal(member.groups.update.mutate(rename))).toBe('FORBIDDEN')
    expect(await refusal(member.groups.addMembers.mutate(members))).toBe('FORBIDDEN')
    expect(await refusal(member.groups.delete.mutate({ im_group_id }))).toBe('FORBIDDEN')
    expect(await gateway.admin().groups.update.mutate(rename)).toMatchObject({ groupname: 'g' })
  })

  test('any member may add people where invites are allowed, a stranger never', async () => {
    const { im_group_id } = await create(1, { members: ['2'] })
    expect(await refusal(gateway.as(5).groups.addMembers.mutate({ im_group_id, members: ['4'] }))).toBe(
      'FORBIDDEN',
    )
    await gateway.as(2).groups.addMembers.mutate({ im_group_id, members: ['4', '2'] })
    expect((await one(1, im_group_id))?.affiliations_count).toBe(3)
  })

  test('a group without room takes nobody, and of many at once none goes over the limit', async () => {
    const { im_group_id } = await create(1, { maxusers: 4, members: ['2'] })
    const add = (...members: string[]) => gateway.as(1).groups.addMembers.mutate({ im_group_id, members })
    expect(await refusal(add('4', '5', '7'))).toBe('GROUP_FULL')
    expect(gateway.emulator.state.groups.get(im_group_id)?.members).toHaveLength(2)
    const outcomes = await Promise.all([add('4'), add('5'), add('7'), add('8')].map(refusal))
    expect(outcomes.filter(outcome => outcome === 'accepted')).toHaveLength(2)
    expect(outcomes.filter(outcome => outcome === 'GROUP_FULL')).toHaveLength(2)
    expect(gateway.emulator.state.groups.get(im_group_id)?.members).toHaveLength(4)
  })

  test('members leave by themselves or by the owner; the owner cannot, and then nobody does', async () => {
    const { im_group_id } = await create(1, { members: ['2', '4', '5'] })
    const remove = (as: number, ...members: string[]) =>
      gateway.as(as).groups.removeMembers.mutate({ im_group_id, members })
    expect(await refusal(remove(2, '4'))).toBe('FORBIDDEN')
    await remove(2, '2')
    expect(await refusal(remove(1, '4', '1'))).toBe('OWNER_CANNOT_LEAVE')
    expect(gateway.emulator.state.groups.get(im_group_id)?.members).toHaveLength(3)
    await remove(1, '4', '8', '999')
    expect(gateway.emulator.state.groups.get(im_group_id)?.members.toSorted()).toEqual(['1', '5'])
  })

  test('a deleted group is gone for everyone, and a second time not found', async () => {
    const { im_group_id } = await create(1)
    await gateway.as(1).groups.delete.mutate({ im_group_id })
    expect(gateway.emulator.state.groups.get(im_group_id)).toBeUndefined()
    expect(await refusal(gateway.as(1).groups.delete.mutate({ im_group_id }))).toBe('GROUP_NOT_FOUND')
    expect(await gateway.as(1).groups.faces.query({ im_group_id: [im_group_id] })).toEqual([])
  })

  test('members nobody has imported appear by their id, and names that are no ids are only counted', async () => {
    const { im_group_id } = await create(1)
    for (const username of ['31337', 'visitor'])
      await gateway.services.vendor.users.create({ username, password: 'x' })
    await gateway.services.vendor.groups.members.add(im_group_id, ['31337', 'visitor'])
    gateway.services.groupReader.forget(im_group_id)
    const group = await one(1, im_group_id)
    expect(group?.affiliations_count).toBe(3)
    expect(group?.affiliations.at(-1)).toMatchObject({
      id: 31337,
      name: '31337',
      bio: null,
      created_at: null,
    })
    expect(group?.affiliations).toHaveLength(2)
  })

  test('every change is told to the group, with an id that a client can know a repeat by', async () => {
    const { im_group_id } = await create(1, { members: ['2'] })
    await gateway.as(1).groups.addMembers.mutate({ im_group_id, members: ['4'] })
    await gateway.as(1).groups.removeMembers.mutate({ im_group_id, members: ['4'] })
    await gateway.as(1).groups.update.mutate({ im_group_id, groupname: 'g', desc: 'd' })
    await gateway.as(1).groups.update.mutate({ im_group_id, groupname: 'g', desc: 'd', new_owner_user: '2' })
    const texts = async () => {
      const told = gateway.emulator.state.messages.list().filter(({ to }) => to.includes(im_group_id))
      expect(told.every(({ ext }) => typeof Reflect.get(ext ?? {}, 'notice_id') === 'string')).toBe(true)
      return told.map(({ body }) => String(Reflect.get(Object(body), 'msg'))).toSorted()
    }
    await expect
      .poll(texts, { timeout: 15_000 })
      .toEqual(
        [
          'u1创建了群聊！',
          'u1邀请了u4加入了群聊。',
          'u1已将u4移出群聊。',
          'u1修改了群信息！',
          'u2已成为新群主！',
        ].toSorted(),
      )
  })
})
