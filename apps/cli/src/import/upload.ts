import type { Batch } from './batches.ts'

/** A batch that is being sent. */
interface InFlight {
  readonly batch: Batch
  /** Resolves when the call has ended, also after a failure. */
  readonly ended: Promise<void>
}

/**
 * Sends batches concurrently and reads at most one ahead. Two batches with rows of the same person are never in flight
 * together, so that the later row of the file wins.
 * @param options - `concurrency`: the most calls in flight; `signal`: aborting it stops the reading.
 * @throws the first error of `send`, after every call in flight has ended
 */
export async function upload(
  batches: AsyncIterable<Batch>,
  send: (batch: Batch) => Promise<void>,
  options: { readonly concurrency: number; readonly signal: AbortSignal },
): Promise<void> {
  const inFlight = new Set<InFlight>()
  const failures: unknown[] = []
  const start = (batch: Batch) => {
    const ended = send(batch)
      .catch((error: unknown) => void failures.push(error))
      .then(() => void inFlight.delete(entry))
    const entry: InFlight = { batch, ended }
    inFlight.add(entry)
  }
  const mustWait = (batch: Batch) =>
    inFlight.size >= options.concurrency || Array.from(inFlight).some(other => overlap(other.batch, batch))
  try {
    for await (const batch of batches) {
      while (mustWait(batch)) await Promise.race(Array.from(inFlight, ({ ended }) => ended))
      if (failures.length > 0 || options.signal.aborted) break
      start(batch)
    }
  } finally {
    await Promise.all(Array.from(inFlight, ({ ended }) => ended))
  }
  if (failures.length > 0) throw failures[0]
}

function overlap(one: Batch, other: Batch): boolean {
  for (const id of one.ids) if (other.ids.has(id)) return true
  return false
}
