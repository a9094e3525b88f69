import { describe, expect, it } from 'vitest'
import { groupCreations } from '../../demos/scenarios/faults.ts'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor } from '../support/scripted-vendor.ts'

async function withPeople() {
  const setup = await clientAndEmulator()
  await setup.easemob.users.createMany(['1', '2', '3'].map(username => ({ username, password: 'secret' })))
  return setup
}

const group = { name: '花儿巷', description: '来自花儿巷的朋友', public: false, owner: '1', members: ['2'] }

describe('groups', () => {
  it('are created and read back with everything given', async () => {
    await using setup = await withPeople()
    const { easemob } = setup
    const given = { ...group, maxUsers: 300, allowInvites: true, membersOnly: true, custom: 'x' }
    const { groupId } = await easemob.groups.create(given)
    const [read] = await easemob.groups.get([groupId])
    expect(read).toMatchObject({
      ...{
        id: groupId,
        name: '花儿巷',
        description: '来自花儿巷的朋友',
        public: false,
        owner: '1',
        custom: 'x',
      },
      ...{ maxUsers: 300, allowInvites: true, membersOnly: true, affiliationsCount: 2 },
    })
    expect(read?.affiliations).toEqual(expect.arrayContaining([{ owner: '1' }, { member: '2' }]))
    expect(read?.created).toBeGreaterThan(0)
  })

  it('take an id of our own, once', async () => {
    await using setup = await withPeople()
    const { easemob } = setup
    expect(await easemob.groups.create({ ...group, groupId: '123456789012345678' })).toEqual({
      groupId: '123456789012345678',
    })
    const error = await rejection(easemob.groups.create({ ...group, groupId: '123456789012345678' }))
    expect(error).toMatchObject({ code: 'already_exists', subject: 'group' })
  })

  it('with an unknown owner are refused', async () => {
    await using setup = await withPeople()
    const error = await rejection(setup.easemob.groups.create({ ...group, owner: 'nobody' }))
    expect(error).toMatchObject({ code: 'not_found', subject: 'user', subjectName: 'nobody' })
  })

  it('are read in any number and in the order asked, unknown ones left out', async () => {
    await using setup = await withPeople()
    const { easemob, emulator } = setup
    const ids: string[] = []
    for (let made = 0; made < 130; made++)
      ids.push((await easemob.groups.create({ ...group, members: [] })).groupId)
    const asked = ids.toReversed().flatMap((id, index) => (index % 40 === 0 ? [`99${index}`, id] : [id]))
    const read = await easemob.groups.get(asked)
    expect(read.map(({ id }) => id)).toEqual(ids.toReversed())
    expect(emulator.requests.counts()['groups.get']).toBe(2)
    expect(await easemob.groups.get(['999', '998'])).toEqual([])
    expect(await easemob.groups.get([])).toEqual([])
    const listed: string[] = []
    for await (const { groupId, owner } of easemob.groups.list({ limit: 50 })) {
      expect(owner).toBe('1')
      listed.push(groupId)
    }
    expect(listed.sort()).toEqual(ids.sort())
  })

  it('are updated, moved and deleted', async () => {
    await using setup = await withPeople()
    const { easemob } = setup
    const { groupId } = await easemob.groups.create(group)
    expect(await easemob.groups.update(groupId, { name: 'n', maxUsers: 50 })).toEqual({
      name: true,
      maxUsers: true,
    })
    await easemob.groups.transfer(groupId, '2')
    const [read] = await easemob.groups.get([groupId])
    expect(read).toMatchObject({ name: 'n', maxUsers: 50, owner: '2' })
    expect((await rejection(easemob.groups.transfer(groupId, '3'))).subject).toBe('member')
    await easemob.groups.delete(groupId)
    expect(await rejection(easemob.groups.delete(groupId))).toMatchObject({
      code: 'not_found',
      subject: 'group',
    })
  })

  it('of old answers are read: owner in the affiliations only, numbers for ids, fields missing', async () => {
    const answer = {
      data: [
        {
          id: 81873787224065,
          name: 'g',
          affiliations: [{ member: 7755305405 }, { owner: '13800138001' }],
          public: true,
        },
        'group id doesn’t exist',
        { error: "group id doesn't exist" },
      ],
    }
    await using vendor = await scriptedVendor({ json: answer })
    const [read, ...others] = await vendor.easemob.groups.get(['81873787224065', '1', '2'])
    expect(others).toEqual([])
    expect(read).toEqual({
      ...{
        id: '81873787224065',
        name: 'g',
        description: '',
        public: true,
        membersOnly: false,
        allowInvites: false,
      },
      ...{ inviteNeedConfirm: null, maxUsers: 0, owner: '13800138001', created: null, custom: '' },
      ...{ affiliationsCount: 2, affiliations: [{ member: '7755305405' }, { owner: '13800138001' }] },
      ...{ mute: null, disabled: null, scale: null, avatar: null },
    })
    await using bare = await scriptedVendor({ json: { groupid: '1411527886490154' } })
    expect(await bare.easemob.groups.create(group)).toEqual({ groupId: '1411527886490154' })
  })

  it('owners in lists lose the app prefix only', async () => {
    const rows = [
      {
        owner: 'o-1#a-2_user_with_bars',
        groupid: '1',
        affiliations: 2,
        lastModified: '1441021038124',
        groupname: 'g',
      },
      { groupid: '2' },
    ]
    await using vendor = await scriptedVendor({ json: { data: rows } })
    expect((await vendor.easemob.groups.list()).items).toEqual([
      { groupId: '1', name: 'g', owner: 'user_with_bars', affiliationsCount: 2, lastModified: 1441021038124 },
      { groupId: '2', name: '', owner: null, affiliationsCount: null, lastModified: null },
    ])
  })

  it('created under faults are neither made twice nor lost silently', async () => {
    const { asked, succeeded, unknown, notCreated, groups } = await groupCreations(60, 20, 0.3, 3, {
      attemptTimeoutMs: 250,
    })
    expect(succeeded + unknown + notCreated).toBe(asked)
    expect(unknown).toBeGreaterThan(0)
    expect(groups).toBeGreaterThanOrEqual(succeeded)
    expect(groups).toBeLessThanOrEqual(succeeded + unknown)
  })
})
