import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VendorClient } from '../support/client.ts'
import { get, getList } from '../support/get.ts'
import { start } from '../support/start.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

/** Reads all pages of a list; `meanwhile` runs between two pages. */
async function walk(
  call: VendorClient['call'],
  path: string,
  rows: (body: unknown) => unknown[],
  meanwhile: () => Promise<unknown> = async () => {},
): Promise<unknown[]> {
  const seen: unknown[] = []
  let cursor: unknown
  do {
    const { body } = await call('GET', path + (cursor === undefined ? '' : `&cursor=${cursor}`))
    seen.push(...rows(body))
    cursor = get(body, 'cursor')
    await meanwhile()
  } while (cursor !== undefined)
  return seen
}

const usernames = (body: unknown) => getList(body, 'entities').map(entity => get(entity, 'username'))

describe('pages', () => {
  test('hold every user exactly once, whatever the number and the limit', async () => {
    const { call, register, emulator } = await start()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 130 }),
        fc.integer({ min: 1, max: 120 }),
        async (count, limit) => {
          emulator.reset()
          await register(...names(count))
          expect(await walk(call, `/users?limit=${limit}`, usernames)).toEqual(names(count))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('hold every user who stays exactly once while others are deleted and created', async () => {
    const { call, register, emulator } = await start()
    const indexes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(indexes, fc.integer({ min: 1, max: 20 }), async (leaving, limit) => {
        emulator.reset()
        await register(...names(60))
        const left = leaving.map(index => `u${index}`)
        let created = 0
        const seen = await walk(call, `/users?limit=${limit}`, usernames, async () => {
          const name = left.shift()
          if (name !== undefined) await call('DELETE', `/users/${name}`)
          if (created < 5) await register(`new${created++}`)
        })
        expect(new Set(seen).size).toBe(seen.length)
        const stayed = names(60).filter(name => emulator.state.users.get(name) !== undefined)
        expect(seen).toEqual(expect.arrayContaining(stayed))
      }),
      { numRuns: 15 },
    )
  })

  test('hold every group exactly once, newest first', async () => {
    const { call, register, group } = await start()
    await register('o')
    const ids: string[] = []
    for (let index = 0; index < 23; index++) ids.unshift(await group('o'))
    for (const limit of [1, 5, 23, 24]) {
      const rows = (body: unknown) => getList(body, 'data').map(row => get(row, 'groupid'))
      expect(await walk(call, `/chatgroups?limit=${limit}`, rows)).toEqual(ids)
    }
  })

  test('still find their place after many deletions', async () => {
    const { call, register, emulator } = await start()
    await register(...names(3000))
    for (let time = 0; time < 29; time++) await call('DELETE', '/users?limit=100')
    expect(emulator.state.users.count).toBe(100)
    expect(await walk(call, '/users?limit=7', usernames)).toEqual(names(3000).slice(2900))
  })
})
