import { ArrivalTimes } from './arrival-times.ts'
import type { PaceStore } from './pace-store.ts'

/**
 * Creates a {@link PaceStore} in memory, for clients in one process that share an app key.
 *
 * @param options `clock` returns ms and must not go back; default `performance.now`
 *
 * @example
 * const paceStore = createMemoryPaceStore()
 * const easemob = createEasemob({ appKey, clientId, clientSecret, paceStore })
 */
export function createMemoryPaceStore(options: { clock?: () => number } = {}): Required<PaceStore> {
  const clock = options.clock ?? (() => performance.now())
  const times = new ArrivalTimes()
  return {
    async reserve(limitClass, perSecond, count) {
      const now = clock()
      const startInMs = times.take(limitClass, now, perSecond, count) - now
      return { startInMs, intervalMs: 1000 / perSecond }
    },
    async slowDown(limitClass, pauseMs) {
      times.pause(limitClass, clock() + pauseMs)
    },
  }
}
