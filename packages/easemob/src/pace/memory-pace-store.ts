import type { PaceStore } from './pace-store.ts'

/** What is written down per limit class: when its next slot is, ms. */
type ArrivalTimes = Map<string, number>

/**
 * A {@link PaceStore} for one process. Clients that share an app key in one process can share one.
 *
 * @example
 * const paceStore = createMemoryPaceStore()
 * const easemob = createEasemob({ appKey, clientId, clientSecret, paceStore })
 */
export function createMemoryPaceStore(options: { clock?: () => number } = {}): Required<PaceStore> {
  const clock = options.clock ?? (() => performance.now())
  const next: ArrivalTimes = new Map()
  return {
    async reserve(limitClass, perSecond, count) {
      const now = clock()
      const start = Math.max(next.get(limitClass) ?? 0, now)
      const intervalMs = 1000 / perSecond
      next.set(limitClass, start + count * intervalMs)
      return { startInMs: start - now, intervalMs }
    },
    async slowDown(limitClass, pauseMs) {
      next.set(limitClass, Math.max(next.get(limitClass) ?? 0, clock() + pauseMs))
    },
  }
}
