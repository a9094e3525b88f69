import { GatewayError } from '@easemob-gateway/contracts'
import type { Database, Executor } from '../db/database.ts'
import { asUnknown, isRefusal, mayHaveHappened } from '../vendor/outcome.ts'
import type { Attempt, DurableWrite } from './durable-write.ts'
import type { Failpoint } from './failpoints.ts'
import type { Claim, IntentStore } from './intent-store.ts'

/**
 * Performs a write under a claim. Completes its intent, abandons it after a refusal, or releases it to be retried. A
 * refusal of a write that is in doubt completes the intent where the vendor shows that an attempt has succeeded.
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

  /** @throws Refused once it is certain that no attempt has succeeded */
  async function attempt<P, R>(
    write: DurableWrite<Vendor, P, R>,
    payload: P,
    given: Attempt<P>,
    current: () => P,
  ) {
    try {
      return await write.perform(vendor, payload, given)
    } catch (error) {
      if (given.first && !mayHaveHappened(error)) throw new Refused(error)
      // That this attempt was refused, or not sent, says nothing about an earlier one, which may have succeeded.
      if (!isRefusal(error)) throw error
      const found = await write.findOut(vendor, current()).catch(failure => {
        throw asUnknown(failure)
      })
      if (!found) throw new Refused(error)
      return found.result
    }
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
      const result = await attempt(write, payload, { first, amend }, () => current)
      failpoint('intent.performed')
      await end(claim, tx => write.complete(tx, current, result))
      failpoint('intent.completed')
      return { payload: current, result }
    } catch (error) {
      if (error instanceof Refused) {
        await end(claim, async tx => write.abandon?.(tx, current))
        throw error.cause
      }
      await store.release(claim, describe(error)).catch(() => undefined)
      throw error
    } finally {
      held.delete(claim.id)
      write.forget?.(current)
    }
  }
}

/** Carries the error of a write that has not happened and never will. */
class Refused extends Error {
  constructor(cause: unknown) {
    super('the vendor has refused the write', { cause })
  }
}

/** The error of a process whose lease has expired, so that another process has claimed the intent. */
export const takenOver = () => new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 1 })

/** An error as text for the `failure` column, 500 characters at most. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown'
}
