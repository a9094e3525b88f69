import type { ReadOne } from './batch-loader.ts'

/** Things that are read by their ids, and may be a little old where that is asked for. */
export interface Kept<V> {
  /**
   * @param fresh true: read after this moment, for whatever grants access or decides a write. false: may be as old as it is kept
   * @throws what reading throws; that is not kept
   */
  read(id: string, fresh: boolean): Promise<V | undefined>
  /** It has been changed: what was read before, or is being read now, is not kept. */
  forget(id: string): void
  forgetAll(): void
}

/** How long, and how many. */
export interface KeepOptions {
  /** 0 keeps nothing. */
  readonly ttlMs: number
  readonly atMost: number
  /** ms, for tests. */
  readonly now?: () => number
}

/** @example const profiles = keep(together(selectProfiles, 1000), { ttlMs: 2000, atMost: 20_000 }) */
export function keep<V>(readNow: ReadOne<V>, { ttlMs, atMost, now = Date.now }: KeepOptions): Kept<V> {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<V | undefined> }>()

  function readAndKeep(id: string): Promise<V | undefined> {
    const value = readNow(id)
    if (ttlMs === 0) return value
    kept.delete(id)
    kept.set(id, { at: now(), value })
    const [oldest] = kept.keys()
    if (kept.size > atMost && oldest !== undefined) kept.delete(oldest)
    value.catch(() => {
      if (kept.get(id)?.value === value) kept.delete(id)
    })
    return value
  }

  return {
    read(id, fresh) {
      const found = fresh ? undefined : kept.get(id)
      return found && now() - found.at < ttlMs ? found.value : readAndKeep(id)
    },
    forget: id => void kept.delete(id),
    forgetAll: () => kept.clear(),
  }
}
