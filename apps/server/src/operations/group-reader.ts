import type { EasemobGroup } from '@easemob-gateway/easemob'
import { together } from '../together.ts'

/** Reads groups from the vendor: calls that come together travel together, and what may be a little old is kept. */
export interface GroupReader {
  /**
   * Groups in the order asked, unknown ids left out.
   * @param fresh true: read after this moment, for whatever grants access or decides a write. false: may be as old as the cache allows
   * @throws EasemobError as `groups.get` does
   */
  read(ids: readonly string[], fresh: boolean): Promise<EasemobGroup[]>
  /** A group has been changed: what was read before, or is being read now, is not kept. */
  forget(id: string): void
  /** Something that stands in many groups has been changed. */
  forgetAll(): void
}

interface Kept {
  readonly at: number
  readonly group: Promise<EasemobGroup | undefined>
}

const idsPerCall = 100
const keptAtMost = 2000

/**
 * @param read the vendor's `groups.get`
 * @param ttlMs how old an answer may be where freshness was not asked for; 0 keeps nothing
 * @param now ms, for tests
 */
export function createGroupReader(
  read: (ids: readonly string[]) => Promise<EasemobGroup[]>,
  ttlMs: number,
  now: () => number = Date.now,
): GroupReader {
  const kept = new Map<string, Kept>()
  const readNow = together(
    async ids => new Map((await read(ids)).map(group => [group.id, group])),
    idsPerCall,
  )

  function readAndKeep(id: string): Promise<EasemobGroup | undefined> {
    const group = readNow(id)
    if (ttlMs === 0) return group
    kept.delete(id)
    kept.set(id, { at: now(), group })
    const [oldest] = kept.keys()
    if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest)
    group.catch(() => {
      if (kept.get(id)?.group === group) kept.delete(id)
    })
    return group
  }

  function readKept(id: string): Promise<EasemobGroup | undefined> {
    const found = kept.get(id)
    return found && now() - found.at < ttlMs ? found.group : readAndKeep(id)
  }

  return {
    async read(ids, fresh) {
      const groups = await Promise.all(ids.map(fresh ? readAndKeep : readKept))
      return groups.filter(group => group !== undefined)
    },
    forget: id => void kept.delete(id),
    forgetAll: () => kept.clear(),
  }
}
