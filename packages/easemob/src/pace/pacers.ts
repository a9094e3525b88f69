import type { EasemobEvent } from '../events.ts'
import type { Sleep } from '../options.ts'
import { LIMIT_CLASSES, type LimitClass, limitOf } from './limit-classes.ts'
import type { PaceStore } from './pace-store.ts'
import { Pacer } from './pacer.ts'

/** One {@link Pacer} per limit class; none when the pace is unlimited. */
export type Pacers = {
  of(limitClass: LimitClass): Pacer | undefined
  all(): [LimitClass, Pacer][]
}

type PacersOptions = {
  callsPerSecond: number
  store: PaceStore | undefined
  clock: () => number
  sleep: Sleep
  emit: ((event: EasemobEvent) => void) | undefined
}

/** Creates the pacers of a client. */
export function createPacers({ callsPerSecond, ...options }: PacersOptions): Pacers {
  const pacers = new Map<LimitClass, Pacer>()
  if (callsPerSecond !== Number.POSITIVE_INFINITY) {
    for (const limitClass of LIMIT_CLASSES) {
      pacers.set(
        limitClass,
        new Pacer({ ...options, limitClass, perSecond: limitOf(limitClass, callsPerSecond) }),
      )
    }
  }
  return { of: limitClass => pacers.get(limitClass), all: () => [...pacers] }
}
