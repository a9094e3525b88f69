import { describe, expect, it } from 'vitest'
import { createMemoryPaceStore, type EasemobEvent, type PaceStore } from '../../src/index.ts'
import { Pacer } from '../../src/pace/pacer.ts'
import { budget, busiestSecond, pacerOf } from '../support/pacer.ts'
import { scriptedVendor, userAnswer, vendorError } from '../support/scripted-vendor.ts'
import { VirtualTime } from '../support/virtual-time.ts'

const lonely = ({ clock, sleep }: VirtualTime) => ({ limitClass: 'users', clock, sleep, emit: undefined })

describe('a pace store', () => {
  it('is asked for what waits, at most 100 ms of it, one block at a time', async () => {
    const time = new VirtualTime()
    const memory = createMemoryPaceStore({ clock: time.clock })
    const counts: number[] = []
    let open = 0
    const store: PaceStore = {
      async reserve(limitClass, perSecond, count) {
        expect(limitClass).toBe('users')
        expect(++open).toBe(1)
        counts.push(count)
        await Promise.resolve()
        open--
        return memory.reserve(limitClass, perSecond, count)
      },
    }
    const pacer = new Pacer({ ...lonely(time), perSecond: 100, store })
    await time.run(Promise.resolve(pacer.take(1, budget())))
    await time.run(Promise.all(Array.from({ length: 100 }, () => pacer.take(1, budget('bulk')))))
    expect(counts[0]).toBe(1)
    expect(Math.max(...counts)).toBeLessThanOrEqual(10)
    // One slot is reserved ahead at the end.
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(102)
  })

  it('is asked one slot ahead while calls follow closely, and not for calls far apart', async () => {
    const time = new VirtualTime()
    const memory = createMemoryPaceStore({ clock: time.clock })
    let asked = 0
    const store: PaceStore = {
      reserve(...slots) {
        asked++
        return memory.reserve(...slots)
      },
    }
    const pacer = new Pacer({ ...lonely(time), perSecond: 100, store })
    const waits: boolean[] = []
    const call = async (afterMs: number) => {
      await time.run(time.sleep(afterMs))
      const granted = pacer.take(1, budget())
      waits.push(granted !== undefined)
      await time.run(Promise.resolve(granted))
    }
    for (const afterMs of [0, 50, 50, 50, 50]) await call(afterMs)
    expect(waits).toEqual([true, true, false, false, false])
    const before = asked
    for (const afterMs of [500, 500, 500]) await call(afterMs)
    expect(asked - before).toBe(3)
  })

  it('shared by two clients keeps their sum within the limit', async () => {
    const time = new VirtualTime()
    const store = createMemoryPaceStore({ clock: time.clock })
    const pacer = () => new Pacer({ ...lonely(time), perSecond: 50, store })
    const sent: { at: number }[] = []
    const pacers = [pacer(), pacer()]
    const take = async (index: number): Promise<void> => {
      await pacers[index % 2]?.take(1, budget('bulk'))
      sent.push({ at: time.clock() })
    }
    await time.run(Promise.all(Array.from({ length: 200 }, (_, index) => take(index))))
    expect(busiestSecond(sent)).toBeLessThanOrEqual(50)
  })

  it('is told of a slow-down, for every process', async () => {
    const paused: number[] = []
    const store = {
      ...createMemoryPaceStore(),
      slowDown: async (_: string, ms: number) => void paused.push(ms),
    }
    const limited = vendorError(429, 'reach_limit', 'x', { 'retry-after': '1' })
    await using vendor = await scriptedVendor([limited, userAnswer('u')], {
      paceStore: store,
      callsPerSecond: 100,
    })
    await vendor.easemob.users.get('u')
    expect(paused).toEqual([1_000])
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('store down'))],
    ['hangs', () => new Promise<never>(() => {})],
  ])('that %s does not stop the calls: the client paces itself', async (_, reserve) => {
    const events: EasemobEvent[] = []
    const { time, sent, take } = pacerOf(50, { reserve }, event => events.push(event))
    await time.run(Promise.all(Array.from({ length: 60 }, () => take('x', 'bulk'))))
    expect(sent).toHaveLength(60)
    expect(busiestSecond(sent)).toBeLessThanOrEqual(50)
    expect(events.some(event => event.type === 'pace_store')).toBe(true)
  })
})
