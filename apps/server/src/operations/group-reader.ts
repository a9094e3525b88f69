import type { EasemobGroup } from '@easemob-gateway/easemob'

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
}

type Read = (ids: readonly string[]) => Promise<EasemobGroup[]>
interface Kept {
  readonly at: number
  readonly group: Promise<EasemobGroup | null>
}

const idsPerCall = 100
const keptAtMost = 2000

/**
 * @param read the vendor's `groups.get`
 * @param ttlMs how old an answer may be where freshness was not asked for; 0 keeps nothing
 * @param now ms, for tests
 */
export function createGroupReader(read: Read, ttlMs: number, now: () => number = Date.now): GroupReader {
  const kept = new Map<string, Kept>()
  let gathering = new Map<string, PromiseWithResolvers<EasemobGroup | null>>()

  /** One call for all ids asked in this turn of the event loop. */
  function readSoon(id: string): Promise<EasemobGroup | null> {
    const asked = gathering.get(id)
    if (asked) return asked.promise
    if (gathering.size === 0) setImmediate(flush)
    const answer = Promise.withResolvers<EasemobGroup | null>()
    gathering.set(id, answer)
    if (ttlMs > 0) keep(id, answer.promise)
    if (gathering.size >= idsPerCall) flush()
    return answer.promise
  }

  function flush(): void {
    const batch = gathering
    if (batch.size === 0) return
    gathering = new Map()
    read([...batch.keys()]).then(
      groups => {
        const found = new Map(groups.map(group => [group.id, group]))
        for (const [id, { resolve }] of batch) resolve(found.get(id) ?? null)
      },
      error => {
        for (const [id, { promise, reject }] of batch) {
          if (kept.get(id)?.group === promise) kept.delete(id)
          reject(error)
        }
      },
    )
  }

  function keep(id: string, group: Promise<EasemobGroup | null>): void {
    kept.delete(id)
    kept.set(id, { at: now(), group })
    const [oldest] = kept.keys()
    if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest)
  }

  function readKept(id: string): Promise<EasemobGroup | null> {
    const found = kept.get(id)
    return found && now() - found.at < ttlMs ? found.group : readSoon(id)
  }

  return {
    async read(ids, fresh) {
      const groups = await Promise.all(ids.map(fresh ? readSoon : readKept))
      return groups.filter(group => group !== null)
    },
    forget: id => void kept.delete(id),
  }
}
