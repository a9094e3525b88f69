import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor, vendorError } from '../support/scripted-vendor.ts'

async function groupOf(members: number, maxUsers = 2_000) {
  const setup = await clientAndEmulator()
  const { easemob } = setup
  await easemob.users.createMany(
    Array.from({ length: 200 }, (_, user) => ({ username: `u${user}`, password: 'secret' })),
  )
  const names = Array.from({ length: members }, (_, user) => `u${user + 1}`)
  const { groupId } = await easemob.groups.create({
    ...{ name: 'g', description: 'd', public: true, owner: 'u0', members: names, maxUsers },
  })
  const present = () => [...(setup.emulator.state.groups.get(groupId)?.members ?? [])]
  return { ...setup, groupId, present, [Symbol.asyncDispose]: () => setup[Symbol.asyncDispose]() }
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `u${from + index}`)

describe('adding members', () => {
  it('tells who is new and who was in, in calls of 60', async () => {
    await using setup = await groupOf(10)
    const { added, already, refused, lost } = await setup.easemob.groups.members.add(
      setup.groupId,
      names(1, 150),
    )
    expect({ added: added.length, already: already.length, refused, lost }).toEqual({
      added: 139,
      already: 10,
      refused: [],
      lost: [],
    })
    expect(setup.emulator.requests.counts()['groups.members.add']).toBe(3)
  })

  it('reads "all are in" as what it is', async () => {
    await using setup = await groupOf(10)
    const { added, already } = await setup.easemob.groups.members.add(setup.groupId, names(1, 11))
    expect({ added, already: already.length }).toEqual({ added: [], already: 10 })
    expect((await setup.easemob.groups.members.add(setup.groupId, ['U1'])).already).toEqual(['U1'])
  })

  it('refuses unknown names and adds the others', async () => {
    await using setup = await groupOf(0)
    const wanted = ['u1', 'nobody', 'u2', 'no one', 'ghost', 'u3']
    const { added, refused } = await setup.easemob.groups.members.add(setup.groupId, wanted)
    expect(added.sort()).toEqual(['u1', 'u2', 'u3'])
    expect(refused.map(({ username, code }) => [username, code]).sort()).toEqual([
      ['ghost', 'not_found'],
      ['no one', 'invalid'],
      ['nobody', 'not_found'],
    ])
  })

  it('refuses what does not fit as full', async () => {
    await using setup = await groupOf(3, 5)
    const { added, refused } = await setup.easemob.groups.members.add(setup.groupId, names(10, 15))
    expect(added).toEqual([])
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['full']))
  })

  it('throws when the group is unknown', async () => {
    await using setup = await groupOf(0)
    const error = await rejection(setup.easemob.groups.members.add('999', ['u1', 'u2']))
    expect(error).toMatchObject({ code: 'not_found', subject: 'group' })
  })

  it('tells lost names with their error, and an older vendor’s words for unknown ones', async () => {
    const old = vendorError(400, 'illegal_argument', "group member B doesn't exist")
    const done = { json: { data: { newmembers: ['a'], groupid: '1', action: 'add_member' } } }
    await using vendor = await scriptedVendor([old, done])
    const { added, refused } = await vendor.easemob.groups.members.add('1', ['a', 'b'])
    expect({ added, refused: refused.map(({ username }) => username) }).toEqual({
      added: ['a'],
      refused: ['b'],
    })
    await using down = await scriptedVendor(vendorError(503, 'x', 'y'), { maxAttempts: 2 })
    const { lost } = await down.easemob.groups.members.add('1', ['a', 'b'])
    expect(lost.map(({ username, error }) => [username, error.code])).toEqual([
      ['a', 'unavailable'],
      ['b', 'unavailable'],
    ])
  })

  it('adds every member once although answers are lost', async () => {
    await using setup = await groupOf(0)
    setup.emulator.faults.add({ operation: 'groups.members.add', drop: true, afterCommit: true, times: 2 })
    const { added, already } = await setup.easemob.groups.members.add(setup.groupId, names(1, 100))
    expect([...added, ...already]).toHaveLength(99)
    expect(setup.present()).toHaveLength(99 + (setup.present().includes('u0') ? 1 : 0))
  })
})

describe('removing members', () => {
  it('tells who was removed and who was not in, in calls of 60', async () => {
    await using setup = await groupOf(100)
    const { removed, absent } = await setup.easemob.groups.members.remove(setup.groupId, names(1, 150))
    expect({ removed: removed.length, absent: absent.length }).toEqual({ removed: 100, absent: 49 })
    expect(setup.present().filter(name => name !== 'u0')).toEqual([])
  })

  it('reads "none is a member" as absent, for one name and for several', async () => {
    await using setup = await groupOf(1)
    expect((await setup.easemob.groups.members.remove(setup.groupId, ['u50'])).absent).toEqual(['u50'])
    expect((await setup.easemob.groups.members.remove(setup.groupId, ['u50', 'u51'])).absent).toEqual([
      'u50',
      'u51',
    ])
  })

  it('refuses the owner and removes the others', async () => {
    await using setup = await groupOf(5)
    const { removed, refused } = await setup.easemob.groups.members.remove(setup.groupId, [
      'u1',
      'u0',
      'u2',
      'u3',
    ])
    expect(removed.sort()).toEqual(['u1', 'u2', 'u3'])
    expect(refused.map(({ username, code }) => [username, code])).toEqual([['u0', 'forbidden']])
  })

  it('keeps every URL within 4 KB', async () => {
    const long = Array.from({ length: 130 }, (_, index) => `${'x'.repeat(60)}${index}`)
    await using vendor = await scriptedVendor({ json: { data: [] } })
    await vendor.easemob.groups.members.remove('1', long)
    expect(vendor.received.length).toBeGreaterThan(2)
    for (const { url } of vendor.received)
      expect(vendor.baseUrl.length + url.length).toBeLessThanOrEqual(4_096)
    const sent = vendor.received.flatMap(({ url }) => url.split('/').at(-1)?.split(',') ?? [])
    expect(sent).toEqual(long)
  })

  it('never sends a name that would mean something else in the path', async () => {
    await using vendor = await scriptedVendor({ json: { data: [] } })
    const { refused } = await vendor.easemob.groups.members.remove('1', ['', '.', '..', 'a,b', 'a/b'])
    expect(refused).toHaveLength(5)
    expect(vendor.received).toEqual([])
  })
})

describe('the member list', () => {
  it('names the owner and every member, page by page', async () => {
    await using setup = await groupOf(25)
    const members: string[] = []
    const roles = new Set<string>()
    for await (const { username, role } of setup.easemob.groups.members.list(setup.groupId, { limit: 7 })) {
      members.push(username)
      if (role === 'owner') roles.add(username)
    }
    expect(members.sort()).toEqual(names(0, 26).sort())
    expect([...roles]).toEqual(['u0'])
  })

  it('of an unknown group is not_found', async () => {
    await using setup = await groupOf(0)
    const error = await rejection(setup.easemob.groups.members.list('999'))
    expect(error).toMatchObject({ code: 'not_found', subject: 'group' })
  })
})
