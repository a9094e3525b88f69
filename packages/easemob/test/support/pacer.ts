import type { EasemobEvent, PaceStore, Priority } from '../../src/index.ts'
import { Pacer } from '../../src/pace/pacer.ts'
import { VirtualTime } from './virtual-time.ts'

export const budget = (priority: Priority = 'interactive', signal?: AbortSignal) => ({
  ...{
    operation: 'x',
    priority,
    deadlineAt: Number.POSITIVE_INFINITY,
    attemptTimeoutMs: 1,
    signal,
    attempts: 0,
    last: undefined,
  },
})

export function pacerOf(perSecond: number, store?: PaceStore, emit?: (event: EasemobEvent) => void) {
  const time = new VirtualTime()
  const pacer = new Pacer({
    limitClass: 'users',
    perSecond,
    store,
    clock: time.clock,
    sleep: time.sleep,
    emit,
  })
  const sent: { at: number; who: string }[] = []
  const take = async (who: string, priority: Priority, cost = 1): Promise<void> => {
    await pacer.take(cost, budget(priority))
    for (let unit = 0; unit < cost; unit++) sent.push({ at: time.clock(), who })
  }
  return { time, pacer, sent, take }
}

/** The highest number of calls sent in any one second. */
export function busiestSecond(sent: readonly { at: number }[]): number {
  let first = 0
  let most = 0
  for (const [last, { at }] of sent.entries()) {
    while (at - (sent[first]?.at ?? at) >= 1_000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}
