import { createEasemob, type EasemobEvent } from '@easemob-gateway/easemob'
import type { Logger } from 'pino'
import { createReadActor } from '../access/actor.ts'
import { createKeyring } from '../accounts/keyring.ts'
import type { Database } from '../db/database.ts'
import { dieAt } from '../durable/failpoints.ts'
import type { Env } from '../env.ts'
import { readOwnFacts } from '../groups/local-row.ts'
import { createGroupReader } from '../groups/reader.ts'
import type { Core, Services } from '../request.ts'
import { createProfileReader } from '../users/profiles.ts'
import { createPaceStore } from '../vendor/pace-store.ts'
import type { Metrics } from './metrics.ts'
import { createJobs } from './work.ts'

/** Where the vendor is and who we are there: of the environment, or of the emulator in this process. */
export interface VendorAccess {
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
  readonly baseUrl: string
}

/** What is made before the services. */
export interface Foundations {
  readonly env: Env
  readonly database: Database
  readonly vendorAccess: VendorAccess
  readonly log: Logger
  readonly metrics: Metrics
  readonly onVendorEvent?: (event: EasemobEvent) => void
}

// A caller waits for all of a request's vendor calls: half of what phones wait for an answer.
const deadlineMs = 10_000
const attemptTimeoutMs = 4_000

/** Puts the services together. Nothing runs yet: `services.jobs.start()` does that. */
export function createServices({
  env,
  database,
  vendorAccess,
  log,
  metrics,
  onVendorEvent,
}: Foundations): Services {
  const vendor = createEasemob({
    ...vendorAccess,
    callsPerSecond: env.callsPerSecond,
    paceStore: database.kind === 'postgres' ? createPaceStore(database) : undefined,
    deadlineMs,
    attemptTimeoutMs,
    onEvent: onVendorEvent,
  })
  const core: Core = {
    env,
    database,
    vendor,
    log,
    metrics,
    reached: dieAt(env.crashAt),
    keyring: createKeyring(env.imPasswordKeys),
    readActor: createReadActor(database),
    groupReader: createGroupReader(
      ids => vendor.groups.get(ids),
      ids => readOwnFacts({ database }, ids),
      env.cacheTtlMs,
    ),
    profiles: createProfileReader(database, env.cacheTtlMs),
  }
  return { ...core, jobs: createJobs(core, { leaseMs: env.intentLeaseMs, recovery: env.recovery }) }
}
