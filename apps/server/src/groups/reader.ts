import type { EasemobGroup } from '@easemob-gateway/easemob'
import { createBatchLoader } from '../cache/batch-loader.ts'
import { createTtlCache } from '../cache/ttl-cache.ts'
import type { LocalGroup, ReadLocalGroups } from './local-row.ts'

/** A group as the vendor has it, and its local row, read at the same time; null when there is none. */
export type Group = EasemobGroup & { readonly local: LocalGroup | null }

/** Reads groups from the vendor through a batch loader and a cache. */
export interface GroupReader {
  /**
   * Groups in the order of the ids, unknown ids left out.
   * @param maxAgeMs the greatest age that is accepted, in ms; 0 reads now, for a decision on access or on a write.
   * Default: the cache's ttl
   * @throws EasemobError as `groups.get` does
   */
  read(ids: readonly string[], maxAgeMs?: number): Promise<Group[]>
  /** Drops a group's cache entry after a change, also while the group is being read. */
  forget(id: string): void
  /** Drops all cache entries, after a change of something that many groups contain. */
  forgetAll(): void
}

const idsPerCall = 100
const maxEntries = 2000

/**
 * @param readGroups the vendor's `groups.get`
 * @param readLocal reads the local rows
 * @param ttlMs ms that an entry is cached; 0 caches nothing
 * @param now the time in ms, for tests
 * @example const reader = createGroupReader(ids => vendor.groups.get(ids), readLocal, 2000)
 */
export function createGroupReader(
  readGroups: (ids: readonly string[]) => Promise<EasemobGroup[]>,
  readLocal: ReadLocalGroups,
  ttlMs: number,
  now?: () => number,
): GroupReader {
  const readMany = async (ids: readonly string[]) => {
    const [groups, local] = await Promise.all([readGroups(ids), readLocal(ids)])
    return new Map(groups.map(group => [group.id, { ...group, local: local.get(group.id) ?? null }]))
  }
  const options = { ttlMs, maxEntries, ...(now ? { now } : {}) }
  const cache = createTtlCache(createBatchLoader(readMany, idsPerCall), options)
  return {
    async read(ids, maxAgeMs) {
      const groups = await Promise.all(ids.map(id => cache.read(id, maxAgeMs)))
      return groups.filter(group => group !== undefined)
    },
    forget: cache.forget,
    forgetAll: cache.forgetAll,
  }
}
