import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idempotentCalls } from '../demos/scenarios/faults.ts'
import { clientAndEmulator } from '../demos/scenarios/faulty-vendor.ts'
import { createEasemob, type EasemobEvent, type EasemobUser, PageRequest } from '../src/index.ts'
import { rejection } from './support/rejection.ts'
import { scriptedVendor, userAnswer } from './support/scripted-vendor.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('users', () => {
  it('are created, read, given passwords, kept out, let in and deleted', async () => {
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
    const { succeeded, failures, breakerOpened } = await idempotentCalls(300, 50, 0.3, 11)
    expect({ succeeded, failures, breakerOpened }).toEqual({
      succeeded: 300,
      failures: [],
      breakerOpened: false,
    })
  })
})

describe('lists', () => {
  it('hold every user exactly once, in order, whatever the page size', async () => {
    await using setup = await clientAndEmulator()
    const { users } = setup.easemob
    const everyone = Array.from({ length: 230 }, (_, user) => `u${user}`)
    await users.createMany(
      everyone.map(username => ({ username, password: 'x' })),
      { concurrency: 1 },
    )
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async limit => {
      const seen: string[] = []
      for await (const { username } of users.list({ limit })) seen.push(username)
      expect(seen).toEqual(everyone)
    })
    await fc.assert(property, { numRuns: 6, examples: [[1], [100], [23], [10]] })
  })

  it('are one page when awaited, and go on from its cursor', async () => {
    await using setup = await clientAndEmulator()
    const { users } = setup.easemob
    await users.createMany(Array.from({ length: 5 }, (_, user) => ({ username: `u${user}`, password: 'x' })))
    const first = await users.list({ limit: 3 })
    expect(first.items).toHaveLength(3)
    const rest = await users.list({ limit: 3, cursor: first.cursor ?? '' })
    expect(rest).toMatchObject({ cursor: null })
    expect(rest.items).toHaveLength(2)
    const sizes: number[] = []
    for await (const page of users.list({ limit: 2 }).pages()) sizes.push(page.items.length)
    expect(sizes).toEqual([2, 2, 1])
  })

  it('end with an error when the cursor never moves', async () => {
    const same = { json: { entities: [{ username: 'u' }], cursor: 'again' } }
    await using vendor = await scriptedVendor(same)
    const all = collect(vendor.easemob.users.list())
    expect((await rejection(all)).message).toContain('same cursor')
  })

  it('ask for nothing before they are used', () => {
    const list = new PageRequest<EasemobUser>('x', undefined, () => Promise.reject(new Error('asked')))
    expect(list).toBeInstanceOf(PageRequest)
  })
})

describe('the client', () => {
  it('tells of every attempt, retry and call', async () => {
    const events: EasemobEvent[] = []
    await using setup = await clientAndEmulator({ onEvent: event => void events.push(event) })
    setup.emulator.faults.add({ operation: 'users.list', status: 503, times: 1 })
    await setup.easemob.users.list()
    const told = events.filter(event => 'operation' in event && event.operation === 'users.list')
    expect(told.map(({ type }) => type).filter(type => type !== 'throttle')).toEqual([
      ...['request', 'response', 'retry', 'request', 'response', 'completed'],
    ])
    expect(told.at(-1)).toMatchObject({ type: 'completed', attempts: 2, code: undefined })
    expect(events.some(event => event.type === 'token' && event.action === 'fetched')).toBe(true)
  })

  it('is not disturbed by a listener that throws', async () => {
    const onEvent = () => {
      throw new Error('listener')
    }
    await using vendor = await scriptedVendor(userAnswer('u'), { onEvent })
    expect((await vendor.easemob.users.get('u')).username).toBe('u')
  })

  it('once closed refuses calls, and lets those on the wire finish', async () => {
    const closing: { done?: Promise<void> } = {}
    await using vendor = await scriptedVendor(response => {
      closing.done = vendor.easemob.close()
      response.end(JSON.stringify(userAnswer('u').json))
    })
    expect((await vendor.easemob.users.get('u')).username).toBe('u')
    await closing.done
    expect((await rejection(vendor.easemob.users.get('u'))).code).toBe('not_sent')
  })

  it.each([
    [{ appKey: 'nonsense' }, 'appKey'],
    [{ appKey: 'a#b#c' }, 'appKey'],
    [{ baseUrl: 'ftp://x' }, 'baseUrl'],
    [{ clientSecret: '' }, 'clientSecret'],
    [{ callsPerSecond: 0 }, 'callsPerSecond'],
    [{ maxAttempts: 1.5 }, 'maxAttempts'],
  ])('refuses options that cannot work: %j', (wrong, named) => {
    const options = { appKey: 'o#a', clientId: 'i', clientSecret: 's', ...wrong }
    expect(() => createEasemob(options)).toThrow(named)
  })
})
