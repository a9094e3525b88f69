import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFaults, clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import type { CreatedMany, NewUser } from '../../src/index.ts'
import { scriptedVendor, send, vendorError } from '../support/scripted-vendor.ts'

const people = (count: number, prefix = 'u'): NewUser[] =>
  Array.from({ length: count }, (_, index) => ({ username: `${prefix}${index}`, password: 'secret' }))

const names = ({ created, existing, refused, lost }: CreatedMany): string[] => [
  ...[
    ...created,
    ...existing,
    ...refused.map(({ username }) => username),
    ...lost.map(({ username }) => username),
  ],
]

describe('createMany', () => {
  it('takes any number, also from a stream, 60 a call, and tells of every batch', async () => {
    await using setup = await clientAndEmulator()
    const batches: number[] = []
    async function* stream() {
      yield* people(1_000)
    }
    const onBatch = ({ created }: CreatedMany) => void batches.push(created.length)
    const { created } = await setup.easemob.users.createMany(stream(), { onBatch })
    expect(created).toHaveLength(1_000)
    expect(setup.emulator.requests.counts()['users.create']).toBe(17)
    expect(batches.sort((a, b) => b - a)).toEqual([...Array.from({ length: 16 }, () => 60), 40])
  })

  it('tells new names from existing ones in one batch', async () => {
    await using setup = await clientAndEmulator()
    await setup.easemob.users.createMany(people(3))
    const { created, existing } = await setup.easemob.users.createMany(people(5))
    expect({ created: created.sort(), existing: existing.sort() }).toEqual({
      created: ['u3', 'u4'],
      existing: ['u0', 'u1', 'u2'],
    })
  })

  it('reads the refusal of a batch of existing names as what it is, without a look-up once it knows the vendor', async () => {
    await using setup = await clientAndEmulator()
    const { easemob, emulator } = setup
    await easemob.users.createMany(people(120))
    expect((await easemob.users.createMany(people(120))).existing).toHaveLength(120)
    const lookUps = emulator.requests.counts()['users.get'] ?? 0
    expect(lookUps).toBeLessThanOrEqual(60)
    expect((await easemob.users.createMany(people(120))).existing).toHaveLength(120)
    expect(emulator.requests.counts()['users.get'] ?? 0).toBe(lookUps)
  })

  it('refuses the illegal and the doubled, and registers everyone else', async () => {
    await using setup = await clientAndEmulator()
    const bad = [
      { username: '花儿', password: 'p' },
      { username: 'no-password', password: '' },
      { username: 'x'.repeat(65), password: 'p' },
      { username: 'U1', password: 'other' },
    ]
    const { created, refused, lost } = await setup.easemob.users.createMany([...people(70), ...bad])
    expect(created).toHaveLength(70)
    expect(lost).toEqual([])
    expect(refused.map(({ username }) => username)).toEqual(bad.map(({ username }) => username))
  })

  it('finds the one the vendor refuses, named by it or not, and registers the others', async () => {
    const taken: string[] = []
    await using vendor = await scriptedVendor((response, request) => {
      void request
      const users: NewUser[] = JSON.parse(vendor.received.at(-1)?.body ?? '[]')
      if (users.some(({ username }) => username === 'u7'))
        return send(response, vendorError(400, 'illegal_argument', 'username [u7] is not legal'))
      if (users.some(({ username }) => username === 'u41'))
        return send(response, vendorError(400, 'illegal_argument', 'NICKNAME_TOO_LONG'))
      taken.push(...users.map(({ username }) => username))
      send(response, { json: { entities: users.map(({ username }) => ({ username })) } })
    })
    const { created, refused } = await vendor.easemob.users.createMany(people(60))
    expect(created).toHaveLength(58)
    expect(taken).toHaveLength(58)
    expect(refused.map(({ username }) => username).sort()).toEqual(['u41', 'u7'])
  })

  it('copes with a vendor that refuses a whole batch for one existing name', async () => {
    const there = new Set(['u3', 'u5'])
    await using vendor = await scriptedVendor((response, request) => {
      if (request.method === 'GET') {
        const name = request.url?.split('/').at(-1) ?? ''
        if (!there.has(name))
          return send(response, vendorError(404, 'service_resource_not_found', 'Service resource not found'))
        return send(response, { json: { entities: [{ username: name }] } })
      }
      const users: NewUser[] = JSON.parse(vendor.received.at(-1)?.body ?? '[]')
      const known = users.find(({ username }) => there.has(username))
      const text = `Entity user requires that property named username be unique, value of ${known?.username} exists`
      if (known) return send(response, vendorError(400, 'duplicate_unique_property_exists', text))
      for (const { username } of users) there.add(username)
      send(response, { json: { entities: users.map(({ username }) => ({ username })), data: [] } })
    })
    const { created, existing } = await vendor.easemob.users.createMany(people(60))
    expect(created).toHaveLength(58)
    expect(existing.sort()).toEqual(['u3', 'u5'])
  })

  it('brings back lost calls per user, and goes on with the rest', async () => {
    await using setup = await clientAndEmulator({ maxAttempts: 2 })
    setup.emulator.faults.add({ operation: 'users.create', status: 503, times: 2 })
    const { created, lost } = await setup.easemob.users.createMany(people(100), { concurrency: 1 })
    expect(created).toHaveLength(40)
    expect(lost).toHaveLength(60)
    expect(lost[0]).toMatchObject({ username: 'u0', error: { code: 'unavailable', status: 503 } })
  })

  it('stops when aborted: what is left is lost as aborted', async () => {
    await using setup = await clientAndEmulator()
    const controller = new AbortController()
    const onBatch = () => controller.abort()
    const options = { concurrency: 1, signal: controller.signal, onBatch }
    const result = await setup.easemob.users.createMany(people(300), options)
    expect(result.created).toHaveLength(60)
    expect(result.lost).toHaveLength(240)
    expect(new Set(result.lost.map(({ error }) => error.code))).toEqual(new Set(['aborted']))
  })

  it('ends with what a listener throws, and starts no further batch', async () => {
    await using setup = await clientAndEmulator()
    const onBatch = () => Promise.reject(new Error('disk full'))
    await expect(setup.easemob.users.createMany(people(6_000), { concurrency: 2, onBatch })).rejects.toThrow(
      'disk full',
    )
    expect(setup.emulator.requests.counts()['users.create']).toBeLessThan(10)
  })

  it('accounts for every user exactly once, whatever fails', async () => {
    const input = fc.array(
      fc.record({ username: fc.stringMatching(/^[a-c]{1,3}$/), password: fc.constantFrom('p', '') }),
      { maxLength: 200 },
    )
    const property = fc.asyncProperty(input, fc.nat(1_000), async (users, seed) => {
      await using setup = await clientAndEmulator({ attemptTimeoutMs: 200, maxAttempts: 4 })
      const { easemob, emulator } = setup
      await easemob.users.createMany(['a', 'ab', 'abc'].map(username => ({ username, password: 'p' })))
      addFaults(emulator, 0.2, seed)
      const result = await easemob.users.createMany(users, { concurrency: 3 })
      expect(names(result).sort()).toEqual(users.map(({ username }) => username).sort())
      emulator.faults.clear()
      for (const name of [...result.created, ...result.existing])
        expect(emulator.state.users.get(name)).toBeDefined()
    })
    await fc.assert(property, { numRuns: 8, endOnFailure: true })
  })
})
