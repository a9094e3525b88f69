import type { CreateManyOptions } from './api.ts'
import { addOutcome, batches, emptyOutcome } from './batch.ts'
import type { BatchRegistrar } from './batch-registrar.ts'
import type { CreatedMany, NewUser } from './types.ts'

const CONCURRENCY = 20

/** Implements `users.createMany` with several batches in flight. */
export async function createMany(
  registrar: BatchRegistrar,
  users: Iterable<NewUser> | AsyncIterable<NewUser>,
  options: CreateManyOptions = {},
): Promise<CreatedMany> {
  const { concurrency = CONCURRENCY, onBatch, ...callOptions } = options
  const queue = batches(users)
  const total = emptyOutcome()
  const work = async (): Promise<void> => {
    for (let batch = await queue.next(); !batch.done; batch = await queue.next()) {
      const { users, outcome } = batch.value
      await registrar.register(users, outcome, { ...callOptions, priority: callOptions.priority ?? 'bulk' })
      addOutcome(total, outcome)
      await onBatch?.(outcome)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work))
  } finally {
    // When the listener or the input threw, this ends the queue, so that the other workers stop after their current batch.
    await queue.return()
  }
  return total
}
