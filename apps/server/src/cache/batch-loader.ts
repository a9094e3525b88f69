import DataLoader from 'dataloader'

/** Reads one thing by its id; undefined where there is none. */
export type ReadOne<V> = (id: string) => Promise<V | undefined>

/**
 * Lets reads that come together travel together: those of one turn of the event loop are one call of `readMany`, each id
 * once. Nothing is kept, and nothing is read before it is asked for: an answer is as fresh as one read alone.
 *
 * @param readMany what it rejects with is told to everyone who travelled along
 * @param atMost ids in one call
 * @example const readActor = together(ids => selectActors(ids), 500)
 */
export function together<V>(
  readMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  atMost: number,
): ReadOne<V> {
  const loader = new DataLoader<string, V | undefined>(
    async ids => {
      const found = await readMany([...new Set(ids)])
      return ids.map(id => found.get(id))
    },
    { cache: false, maxBatchSize: atMost, batchScheduleFn: setImmediate },
  )
  return id => loader.load(id)
}
