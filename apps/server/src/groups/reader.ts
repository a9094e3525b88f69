import type { EasemobGroup } from '@easemob-gateway/easemob'
import { together } from '../cache/batch-loader.ts'
import { keep } from '../cache/ttl-cache.ts'
import type { OwnFacts } from './local-row.ts'

/** A group as the vendor has it, and what we keep of it, read at the same time; null where that is nothing. */
export type Group = EasemobGroup & { readonly own: OwnFacts | null }

/** Reads groups from the vendor: calls that come together travel together, and what may be a little old is kept. */
export interface GroupReader {
  /**
   * Groups in the order asked, unknown ids left out.
   * @param fresh true: read after this moment, for whatever grants access or decides a write. false: may be as old as the cache allows
   * @throws EasemobError as `groups.get` does
   */
  read(ids: readonly string[], fresh: boolean): Promise<Group[]>
  /** A group has been changed: what was read before, or is being read now, is not kept. */
  forget(id: string): void
  /** Something that stands in many groups has been changed. */
  forgetAll(): void
}

const idsPerCall = 100
const atMost = 2000

/**
 * @param readGroups the vendor's `groups.get`
 * @param readOwn our own rows
 * @param ttlMs how old an answer may be where freshness was not asked for; 0 keeps nothing
 * @param now ms, for tests
 */
export function createGroupReader(
  readGroups: (ids: readonly string[]) => Promise<EasemobGroup[]>,
  readOwn: (ids: readonly string[]) => Promise<ReadonlyMap<string, OwnFacts>>,
  ttlMs: number,
  now?: () => number,
): GroupReader {
  const readMany = async (ids: readonly string[]) => {
    const [groups, own] = await Promise.all([readGroups(ids), readOwn(ids)])
    return new Map(groups.map(group => [group.id, { ...group, own: own.get(group.id) ?? null }]))
  }
  const kept = keep(together(readMany, idsPerCall), { ttlMs, atMost, ...(now ? { now } : {}) })
  return {
    async read(ids, fresh) {
      const groups = await Promise.all(ids.map(id => kept.read(id, fresh)))
      return groups.filter(group => group !== undefined)
    },
    forget: kept.forget,
    forgetAll: kept.forgetAll,
  }
}
