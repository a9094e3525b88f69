import { createEasemob, type Easemob, type EasemobEvent } from '@easemob-gateway/easemob'
import type { Database } from '../db/database.ts'
import { createPaceStore } from '../vendor/pace-store.ts'

/** The vendor's address and our credentials there. */
export interface VendorAccess {
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
  readonly baseUrl: string
}

// Half of the time that phones wait for a response, since a request may make several vendor calls.
const deadlineMs = 10_000
const attemptTimeoutMs = 4_000

/**
 * Makes the client that can write. Processes on one Postgres share the pace of `callsPerSecond`.
 * @param onEvent receives the client's events, for metrics
 */
export function createVendor(
  access: VendorAccess,
  callsPerSecond: number,
  database: Database,
  onEvent?: (event: EasemobEvent) => void,
): Easemob {
  return createEasemob({
    ...access,
    callsPerSecond,
    paceStore: database.kind === 'postgres' ? createPaceStore(database) : undefined,
    deadlineMs,
    attemptTimeoutMs,
    onEvent,
  })
}
