import type { LoadOne } from './batch-loader.ts'

/** A read-through cache by id, for reads that accept a value of a limited age. */
export interface TtlCache<V> {
  /**
   * @param maxAgeMs the age that the reader accepts; 0 reads now, for whatever grants access or decides a write. Absent:
   * the cache's own ttl
   * @throws what loading throws; a failure is not cached
   */
  read(id: string, maxAgeMs?: number): Promise<V | undefined>
  /** Drops an entry whose source has changed, also one that is being loaded. */
  forget(id: string): void
  forgetAll(): void
}

/** The limits of a cache. */
export interface TtlCacheOptions {
  /** ms an entry stays; 0 caches nothing. */
  readonly ttlMs: number
  readonly maxEntries: number
  /** ms, for tests. */
  readonly now?: () => number
}

/** @example const profiles = createTtlCache(createBatchLoader(selectProfiles, 1000), { ttlMs: 2000, maxEntries: 20_000 }) */
export function createTtlCache<V>(
  load: LoadOne<V>,
  { ttlMs, maxEntries, now = Date.now }: TtlCacheOptions,
): TtlCache<V> {
  const entries = new Map<string, { readonly at: number; readonly value: Promise<V | undefined> }>()

  function loadAndCache(id: string): Promise<V | undefined> {
    const value = load(id)
    if (ttlMs === 0) return value
    entries.delete(id)
    entries.set(id, { at: now(), value })
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
    value.catch(() => {
      if (entries.get(id)?.value === value) entries.delete(id)
    })
    return value
  }

  return {
    read(id, maxAgeMs = ttlMs) {
      const entry = entries.get(id)
      return entry && now() - entry.at < Math.min(maxAgeMs, ttlMs) ? entry.value : loadAndCache(id)
    },
    forget: id => void entries.delete(id),
    forgetAll: () => entries.clear(),
  }
}
