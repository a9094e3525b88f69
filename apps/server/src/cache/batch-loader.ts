import DataLoader from 'dataloader'

/** Loads one value by its id; undefined when there is none. */
export type LoadOne<V> = (id: string) => Promise<V | undefined>

/**
 * Makes a batch loader: it joins the loads of one iteration of the event loop into one call of `loadMany`, each id once.
 * It caches nothing, so a value is as recent as one that is loaded alone.
 *
 * @param loadMany loads the values of some ids; if it rejects, every load of the batch rejects with the same error
 * @param maxBatchSize ids in one call of `loadMany`
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
