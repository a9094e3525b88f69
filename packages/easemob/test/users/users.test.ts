import { describe, expect, it } from 'vitest'
import { idempotentCalls } from '../../demos/scenarios/faults.ts'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor, userAnswer } from '../support/scripted-vendor.ts'

describe('users', () => {
  it('are created, read, given passwords, deactivated, activated and deleted', async () => {
    await using setup = await clientAndEmulator()
    const { users } = setup.easemob
    const created = await users.create({ username: 'Flower', password: 'one', nickname: '花儿' })
    expect(created).toMatchObject({ username: 'flower', nickname: '花儿', activated: true })
    expect(await users.get('FLOWER')).toEqual(created)
    expect(await users.verifyPassword('flower', 'one')).toBe(true)
    await users.setPassword('flower', 'two')
    expect(await users.verifyPassword('flower', 'one')).toBe(false)
    expect(await users.verifyPassword('flower', 'two')).toBe(true)
    await users.deactivate('flower')
    expect((await users.get('flower')).activated).toBe(false)
    expect(await users.verifyPassword('flower', 'two')).toBe(false)
    await users.activate('flower')
    expect((await users.get('flower')).activated).toBe(true)
    expect((await rejection(users.create({ username: 'flower', password: 'x' }))).code).toBe('already_exists')
    await users.delete('flower')
    for (const call of [
      () => users.get('flower'),
      () => users.delete('flower'),
      () => users.setPassword('flower', 'x'),
      () => users.activate('flower'),
    ]) {
      expect(await rejection(call())).toMatchObject({ code: 'not_found', subject: 'user' })
    }
    expect(await users.verifyPassword('flower', 'two')).toBe(false)
  })

  it('with numeric names stay strings', async () => {
    await using vendor = await scriptedVendor({ json: { entities: [{ username: 13800138001 }] } })
    expect((await vendor.easemob.users.get('13800138001')).username).toBe('13800138001')
  })

  it('a 200 without the user asked for is malformed', async () => {
    await using vendor = await scriptedVendor(userAnswer('somebody-else'))
    expect((await rejection(vendor.easemob.users.get('u'))).code).toBe('malformed')
  })

  it('without a name are never asked for: DELETE /users would delete the oldest', async () => {
    await using vendor = await scriptedVendor({})
    for (const name of ['', '.', '..']) {
      expect((await rejection(vendor.easemob.users.delete(name))).code).toBe('invalid')
    }
    expect(vendor.received).toEqual([])
  })

  it('list the groups they are in', async () => {
    await using setup = await clientAndEmulator()
    const { users, groups } = setup.easemob
    await users.create({ username: '1', password: 'x' })
    const made: string[] = []
    for (const name of ['a', 'b', 'c']) {
      made.push((await groups.create({ name, description: 'd', public: true, owner: '1' })).groupId)
    }
    const all = await users.joinedGroups('1')
    expect(all.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c'])
    expect(all.map(({ groupId }) => groupId).sort()).toEqual(made.sort())
    expect(await users.joinedGroups('1', { pageSize: 2, page: 2 })).toHaveLength(1)
  })

  it('idempotent calls all succeed while 30 % of answers fail, and the breaker stays closed', async () => {
    // A small `random` keeps the backoff short.
    const options = { attemptTimeoutMs: 250, random: () => 0.05 }
    const { succeeded, failures, breakerOpened } = await idempotentCalls(300, 50, 0.3, 11, options)
    expect({ succeeded, failures, breakerOpened }).toEqual({
      succeeded: 300,
      failures: [],
      breakerOpened: false,
    })
  })
})
