import type { EasemobGroup } from '@easemob-gateway/easemob'
import { beforeEach, describe, expect, test } from 'vitest'
import { createGroupReader } from '../../src/groups/reader.ts'

const group = (id: string, name: string): EasemobGroup => ({
  id,
  name,
  description: '',
  public: true,
  membersOnly: false,
  allowInvites: false,
  inviteNeedConfirm: null,
  maxUsers: 200,
  owner: '1',
  created: 0,
  custom: '',
  affiliationsCount: 1,
  affiliations: [{ owner: '1' }],
  mute: null,
  disabled: null,
  scale: null,
  avatar: null,
})

describe('reading groups', () => {
  let calls: string[][]
  let name: string
  let clock: number
  let refuse: boolean
  const reader = (ttlMs: number) =>
    createGroupReader(
      async ids => {
        calls.push([...ids])
        if (refuse) throw new Error('down')
        return ids.filter(id => id !== 'none').map(id => group(id, name))
      },
      async ids => new Map(ids.slice(0, 1).map(id => [id, { face: 7, allowInvites: null }])),
      ttlMs,
      () => clock,
    )
  beforeEach(() => {
    calls = []
    name = 'first'
    clock = 0
    refuse = false
  })

  test('reads of one turn are one call, each id once, in the order asked', async () => {
    const groups = reader(0)
    const [a, b] = await Promise.all([groups.read(['2', '1', 'none'], 0), groups.read(['1'], 0)])
    expect(a.map(({ id }) => id)).toEqual(['2', '1'])
    expect(b.map(({ id }) => id)).toEqual(['1'])
    expect(a.map(({ local }) => local?.face)).toEqual([7, undefined])
    expect(calls).toEqual([['2', '1', 'none']])
  })

  test('more than 100 go in several calls', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => String(i))
    expect((await reader(0).read(ids, 0)).map(({ id }) => id)).toEqual(ids)
    expect(calls.map(({ length }) => length)).toEqual([100, 100, 50])
  })

  test('a cached answer is used until its ttl, and never for a read that accepts no age', async () => {
    const groups = reader(2000)
    await groups.read(['1'])
    name = 'second'
    clock = 1999
    expect((await groups.read(['1']))[0]?.name).toBe('first')
    expect((await groups.read(['1'], 0))[0]?.name).toBe('second')
    clock = 1999 + 2000
    name = 'third'
    expect((await groups.read(['1']))[0]?.name).toBe('third')
  })

  test('after `forget` no older answer is given, even where it was being read during the change', async () => {
    const groups = reader(2000)
    const under = groups.read(['1'])
    name = 'changed'
    groups.forget('1')
    await under
    name = 'after'
    expect((await groups.read(['1']))[0]?.name).toBe('after')
  })

  test('a failure reaches every reader of the batch, and is not cached', async () => {
    const groups = reader(2000)
    refuse = true
    const both = await Promise.allSettled([groups.read(['1']), groups.read(['1'])])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    refuse = false
    expect(await groups.read(['1'])).toHaveLength(1)
  })
})
