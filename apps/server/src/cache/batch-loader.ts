import DataLoader from 'dataloader'

/** Reads one value by its id; undefined where there is none. */
export type LoadOne<V> = (id: string) => Promise<V | undefined>

/**
 * Makes a loader that joins the reads of one turn of the event loop into one call of `loadMany`, each id once. It caches
 * nothing and reads nothing ahead, so that an answer is as fresh as a read alone.
 *
 * @param loadMany what it rejects with rejects every read of the batch
 * @param maxBatchSize ids in one call
 * @example const readActor = createBatchLoader(ids => selectActors(ids), 500)
 */
export function createBatchLoader<V>(
  loadMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  maxBatchSize: number,
): LoadOne<V> {
  const loader = new DataLoader<string, V | undefined>(
    async ids => {
      const found = await loadMany([...new Set(ids)])
      return ids.map(id => found.get(id))
    },
    { cache: false, maxBatchSize, batchScheduleFn: setImmediate },
  )
  return id => loader.load(id)
}
