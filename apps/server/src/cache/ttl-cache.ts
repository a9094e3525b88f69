import type { LoadOne } from './batch-loader.ts'

/** A read-through cache by id. */
export interface TtlCache<V> {
  /**
   * Reads a value from the cache, or loads it.
   * @param maxAgeMs the greatest age that is accepted, in ms; 0 loads now, for a decision on access or on a write.
   * Default: the cache's ttl
   * @throws what loading throws; a failure is not cached
   */
  read(id: string, maxAgeMs?: number): Promise<V | undefined>
  /** Drops an entry after a change of its source, also while it is being loaded. */
  forget(id: string): void
  /** Drops all entries. */
  forgetAll(): void
}

/** The limits of a cache. */
export interface TtlCacheOptions {
  /** ms that an entry is cached; 0 caches nothing. */
  readonly ttlMs: number
  /** The oldest entry is dropped when there are more. */
  readonly maxEntries: number
  /** The time in ms, for tests. */
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
