import { createEasemob, type Easemob, type EasemobEvent } from '@easemob-gateway/easemob'
import type { Database } from '../db/database.ts'
import { createPaceStore } from '../vendor/pace-store.ts'

/** Where the vendor is and who we are there: of the environment, or of the emulator in this process. */
export interface VendorAccess {
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
  readonly baseUrl: string
}

// A caller waits for all of a request's vendor calls: half of what phones wait for an answer.
const deadlineMs = 10_000
const attemptTimeoutMs = 4_000

/** The client that can write. Processes on one Postgres share their pace. */
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
