import { GatewayError } from '@easemob-gateway/contracts'
import type { Database, Executor } from '../db/database.ts'
import { isFinal, mayHaveHappened } from '../vendor/outcome.ts'
import type { DurableWrite } from './durable-write.ts'
import type { Failpoint } from './failpoints.ts'
import type { Claim, IntentStore } from './intent-store.ts'

/**
 * Performs a write under a claim. Completes its intent, abandons it after a refusal, or releases it to be retried.
 * @throws what `perform` threw; GatewayError VENDOR_UNAVAILABLE when another process has claimed the intent
 */
export type PerformWrite<Vendor> = <Payload, Result>(
  write: DurableWrite<Vendor, Payload, Result>,
  claim: Claim,
  payload: Payload,
) => Promise<{ payload: Payload; result: Result }>

/** What performing needs. */
export interface PerformOptions<Vendor> {
  readonly database: Database
  readonly store: IntentStore
  readonly vendor: Vendor
  /** Ids of the intents whose leases this process renews. */
  readonly held: Set<string>
  readonly failpoint: Failpoint
}

/** @example const perform = createPerformWrite({ database, store, vendor, held, failpoint }) */
export function createPerformWrite<Vendor>(options: PerformOptions<Vendor>): PerformWrite<Vendor> {
  const { database, store, vendor, held, failpoint } = options

  async function end(claim: Claim, change: (tx: Executor) => Promise<void>): Promise<void> {
    await database.orm.transaction(async tx => {
      if (!(await store.remove(claim, tx))) throw takenOver()
      await change(tx)
      failpoint('intent.completing')
    })
  }

  return async (write, claim, payload) => {
    const first = claim.attempts === 0
    let current = payload
    const amend = async (next: typeof payload) => {
      if (!(await store.setPayload(claim, next))) throw takenOver()
      current = next
    }
    held.add(claim.id)
    try {
      failpoint('intent.committed')
      const result = await write.perform(vendor, payload, { first, amend })
      failpoint('intent.performed')
      await end(claim, tx => write.complete(tx, current, result))
      failpoint('intent.completed')
      return { payload: current, result }
    } catch (error) {
      // That a later attempt was not sent says nothing about an earlier one, which the vendor may have performed.
      const refused = first ? !mayHaveHappened(error) : isFinal(error)
      if (refused) await end(claim, async tx => write.abandon?.(tx, current))
      else await store.release(claim, describe(error)).catch(() => undefined)
      throw error
    } finally {
      held.delete(claim.id)
      write.forget?.(current)
    }
  }
}

/** The error of a process whose lease has expired, so that another process has claimed the intent. */
export const takenOver = () => new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 1 })

/** An error as text for the `failure` column, 500 characters at most. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown'
}
