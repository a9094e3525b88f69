import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../demos/scenarios/faulty-vendor.ts'
import { type EasemobUser, PageRequest } from '../src/index.ts'
import { rejection } from './support/rejection.ts'
import { scriptedVendor } from './support/scripted-vendor.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

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
