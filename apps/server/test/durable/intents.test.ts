import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { databaseKinds } from '../support/databases.ts'
import { codeOf, failure, type TwoProcesses, twoProcesses, write } from './two-processes.ts'

describe.each(databaseKinds)('intents on %s', database => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await twoProcesses(database, 60_000)
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.ended.length = 0
    world.act.perform = async payload => `${payload} done`
    world.act.findOut = async () => null
  })

  /** As after a crash of the holder: its lease has run out, and nobody renews it. */
  const lapse = (subject: string) =>
    world.database.rows(
      z.unknown(),
      sql`update intents set lease_until = now() - interval '1 second' where subject = ${subject}`,
    )
  /** A perform that stops until the test lets it go on. */
  function gate() {
    const reached = Promise.withResolvers<void>()
    const open = Promise.withResolvers<void>()
    world.act.perform = async payload => {
      reached.resolve()
      await open.promise
      return `${payload} late`
    }
    return { reached: reached.promise, open: open.resolve, fail: open.reject }
  }

  it('performs, completes and leaves nothing', async () => {
    expect(await world.first.write.run(write('a'))).toEqual({ payload: 'a', result: 'a done' })
    expect(world.ended).toEqual(['complete a: a done'])
    expect(await world.rows('a')).toEqual([])
  })

  it('takes over where a holder has died, and completes once', async () => {
    const held = gate()
    const dead = codeOf(world.first.write.run(write('b')))
    await held.reached
    world.act.perform = async payload => `${payload} again`
    expect(await world.second.intents.recover()).toBe(0)
    await lapse('b')
    expect(await world.second.intents.recover()).toBe(1)
    expect(world.ended).toEqual(['complete b: b again'])
    held.open()
    expect(await dead).toBe('VENDOR_UNAVAILABLE')
    expect(world.ended).toEqual(['complete b: b again'])
  })

  it('lets a holder that was taken over neither complete nor give back what another is at', async () => {
    for (const ending of ['done', 'lost'] as const) {
      const stalled = gate()
      const dead = codeOf(world.first.write.run(write(ending)))
      await stalled.reached
      await lapse(ending)
      const taken = gate()
      const recovering = world.second.intents.recover()
      await taken.reached
      if (ending === 'lost') stalled.fail(failure('timeout', 1))
      stalled.open()
      expect(await dead).toBe(ending === 'lost' ? 'timeout' : 'VENDOR_UNAVAILABLE')
      expect(await world.rows(ending)).toMatchObject([{ attempts: 1, held: true }])
      expect(world.ended).toEqual([])
      taken.open()
      await recovering
      expect(world.ended.splice(0)).toEqual([`complete ${ending}: ${ending} late`])
    }
  })

  it('gives an intent to one of two that recover at once', async () => {
    const held = gate()
    const dead = codeOf(world.first.write.run(write('c')))
    await held.reached
    await lapse('c')
    world.act.perform = async payload => `${payload} again`
    const taken = await Promise.all([world.first.intents.recover(), world.second.intents.recover()])
    expect(taken.reduce((a, b) => a + b)).toBe(1)
    held.open()
    await dead
    expect(world.ended).toEqual(['complete c: c again'])
  })

  it('resolves the pending intent of the subject before its own write', async () => {
    world.act.perform = () => Promise.reject(failure('outcome_unknown'))
    expect(await codeOf(world.first.write.run(write('d')))).toBe('outcome_unknown')
    world.act.perform = async payload => `${payload} settled`
    await world.second.write.run({ subject: 'd', payload: 'next' })
    expect(world.ended).toEqual(['complete d: d settled', 'complete next: next settled'])
  })

  it('commits an amended payload, which the repeat gets', async () => {
    world.act.perform = async (_, { amend }) => {
      await amend('e amended')
      throw failure('timeout')
    }
    await codeOf(world.first.write.run(write('e')))
    expect(await world.rows('e')).toMatchObject([{ payload: 'e amended', held: false }])
    world.act.perform = async (payload, { first }) => `${payload}, first: ${first}`
    await world.second.intents.resolvePending('e')
    expect(world.ended).toEqual(['complete e amended: e amended, first: false'])
  })

  it('writes nothing when there is nothing to do', async () => {
    expect(await world.first.write.run({ subject: 'f', prepare: async () => null })).toBeNull()
    expect(await world.rows('f')).toEqual([])
    expect(world.ended).toEqual([])
  })

  it('frees the subject when preparing fails', async () => {
    const prepare = () => Promise.reject(new Error('not allowed'))
    expect(await codeOf(world.first.write.run({ subject: 'g', prepare }))).toBe('not allowed')
    expect(await world.rows('g')).toEqual([])
  })

  it('removes an intent whose writer died before its payload, and does not let that writer go on', async () => {
    const preparing = Promise.withResolvers<void>()
    const open = Promise.withResolvers<void>()
    const prepare = async () => {
      preparing.resolve()
      await open.promise
      return 'never'
    }
    const dead = codeOf(world.first.write.run({ subject: 'h', prepare }))
    await preparing.promise
    await lapse('h')
    await world.second.write.run(write('h'))
    open.resolve()
    expect(await dead).toBe('VENDOR_UNAVAILABLE')
    expect(world.ended).toEqual(['complete h: h done'])
  })

  it('leaves nothing, and neither does what was written in the same transaction, when the vendor refuses', async () => {
    world.act.perform = () => Promise.reject(failure('forbidden'))
    expect(await codeOf(world.first.write.run(write('i')))).toBe('forbidden')
    expect(world.ended).toEqual(['abandon i'])
    expect(await world.rows('i')).toEqual([])
  })

  it.each(['not_sent', 'circuit_open', 'unauthorized'] as const)(
    'gives up at once a first call that ends in %s, since nothing was sent',
    async code => {
      world.act.perform = () => Promise.reject(failure(code))
      await codeOf(world.first.write.run(write(`first ${code}`)))
      expect(world.ended).toEqual([`abandon first ${code}`])
    },
  )

  it.each(['not_sent', 'circuit_open', 'unauthorized'] as const)(
    'keeps in doubt what an earlier call may have done when the repeat ends in %s',
    async code => {
      const subject = `again ${code}`
      world.act.perform = () => Promise.reject(failure('timeout', 1))
      await codeOf(world.first.write.run(write(subject)))
      world.act.perform = () => Promise.reject(failure(code))
      expect(await codeOf(world.second.intents.resolvePending(subject))).toBe(code)
      expect(world.ended).toEqual([])
      expect(await world.rows(subject)).toHaveLength(1)
      world.act.perform = async payload => payload
      await world.second.intents.resolvePending(subject)
      expect(world.ended).toEqual([`complete ${subject}: ${subject}`])
    },
  )

  it('does not commit the intent when the statements of the same transaction fail', async () => {
    const inSameTransaction = () => Promise.reject(new Error('taken'))
    expect(await codeOf(world.first.write.run({ ...write('j'), inSameTransaction }))).toBe('taken')
    expect(await world.rows('j')).toEqual([])
  })

  it('keeps what a newer version has begun', async () => {
    await world.database.rows(
      z.unknown(),
      sql`insert into intents (subject, id, kind, payload, lease_until)
          values ('k', gen_random_uuid(), 'of tomorrow', '{}', now() - interval '1 second')`,
    )
    expect(await world.first.intents.recover()).toBe(1)
    expect(await world.rows('k')).toMatchObject([{ attempts: 1, held: false }])
  })

  it('gives up with CONFLICT when the subject stays busy', async () => {
    const held = gate()
    const slow = world.first.write.run(write('l'))
    await held.reached
    expect(await codeOf(world.second.write.run(write('l')))).toBe('CONFLICT')
    held.open()
    expect(await slow).toEqual({ payload: 'l', result: 'l late' })
    expect(world.ended).toEqual(['complete l: l late'])
  })
})
