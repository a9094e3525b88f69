import type { Batch } from './batches.ts'

/** A batch on its way. */
interface Flight {
  readonly batch: Batch
  readonly landed: Promise<void>
}

/**
 * Sends batches, a few at a time, reading on only when there is room. Two batches with rows of one person never overlap, so
 * that the later row of the file wins.
 * @throws what `send` threw first; what is in flight then has landed
 */
export async function upload(
  batches: AsyncIterable<Batch>,
  send: (batch: Batch) => Promise<void>,
  options: { readonly concurrency: number; readonly signal: AbortSignal },
): Promise<void> {
  const flying = new Set<Flight>()
  const failures: unknown[] = []
  const launch = (batch: Batch) => {
    const landed = send(batch)
      .catch((error: unknown) => void failures.push(error))
      .then(() => void flying.delete(flight))
    const flight: Flight = { batch, landed }
    flying.add(flight)
  }
  const mustWait = (batch: Batch) =>
    flying.size >= options.concurrency || Array.from(flying).some(other => overlap(other.batch, batch))
  try {
    for await (const batch of batches) {
      while (mustWait(batch)) await Promise.race(Array.from(flying, flight => flight.landed))
      if (failures.length > 0 || options.signal.aborted) break
      launch(batch)
    }
  } finally {
    await Promise.all(Array.from(flying, flight => flight.landed))
  }
  if (failures.length > 0) throw failures[0]
}

function overlap(one: Batch, other: Batch): boolean {
  for (const id of one.ids) if (other.ids.has(id)) return true
  return false
}
