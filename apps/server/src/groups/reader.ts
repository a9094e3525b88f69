import type { EasemobGroup } from '@easemob-gateway/easemob'
import { createBatchLoader } from '../cache/batch-loader.ts'
import { createTtlCache } from '../cache/ttl-cache.ts'
import type { LocalGroup, ReadLocalGroups } from './local-row.ts'

/** A group as the vendor has it, and our local row of it, read at the same time; null where there is none. */
export type Group = EasemobGroup & { readonly local: LocalGroup | null }

/** Reads groups from the vendor through a batch loader and a cache. */
export interface GroupReader {
  /**
   * Groups in the order asked, unknown ids left out.
   * @param maxAgeMs the age that the reader accepts; 0 reads now, for whatever grants access or decides a write. Absent:
   * as old as the cache allows
   * @throws EasemobError as `groups.get` does
   */
  read(ids: readonly string[], maxAgeMs?: number): Promise<Group[]>
  /** Drops a group that has been changed, also one that is being read. */
  forget(id: string): void
  /** Drops all groups: something that stands in many of them has been changed. */
  forgetAll(): void
}

const idsPerCall = 100
const maxEntries = 2000

/**
 * @param readGroups the vendor's `groups.get`
 * @param readLocal our own rows
 * @param ttlMs how old an answer may be where no age was asked for; 0 caches nothing
 * @param now ms, for tests
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
