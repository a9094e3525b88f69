import type { EasemobEvent } from '../events.ts'
import type { Sleep } from '../options.ts'
import { Lane } from './lane.ts'
import { LIMIT_CLASSES, type LimitClass, limitOf } from './limit-classes.ts'
import type { PaceStore } from './pace-store.ts'

/** One lane per limit class, or none at all when the pace is unlimited. */
export type Paces = {
  lane(limitClass: LimitClass): Lane | undefined
  lanes(): [LimitClass, Lane][]
}

type PacesOptions = {
  callsPerSecond: number
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  emit: ((event: EasemobEvent) => void) | undefined
}

export function createPaces({ callsPerSecond, ...options }: PacesOptions): Paces {
  const lanes = new Map<LimitClass, Lane>()
  if (callsPerSecond !== Number.POSITIVE_INFINITY) {
    for (const limitClass of LIMIT_CLASSES) {
      lanes.set(
        limitClass,
        new Lane({ ...options, limitClass, perSecond: limitOf(limitClass, callsPerSecond) }),
      )
    }
  }
  return { lane: limitClass => lanes.get(limitClass), lanes: () => [...lanes] }
}
