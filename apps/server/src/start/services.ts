import type { Easemob, EasemobEvent } from '@easemob-gateway/easemob'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { createReadActor } from '../access/actor.ts'
import { createAudit } from '../access/audit.ts'
import { createTokens } from '../access/tokens.ts'
import { createAccountHandlers } from '../accounts/handlers.ts'
import { createKeyHandlers } from '../accounts/key-rotation.ts'
import { createKeyring, type Keyring } from '../accounts/keyring.ts'
import { createRunHandlers } from '../accounts/runs/handlers.ts'
import type { Database } from '../db/database.ts'
import { createFailpoint } from '../durable/failpoints.ts'
import type { Env } from '../env.ts'
import { createGroupHandlers } from '../groups/handlers.ts'
import { createIdempotency } from '../groups/idempotency.ts'
import { createReadLocalGroups } from '../groups/local-row.ts'
import { createGroupReader, type GroupReader } from '../groups/reader.ts'
import { createGroupView } from '../groups/view.ts'
import { createApp } from '../http/app.ts'
import type { AppEnv } from '../http/incoming.ts'
import type { Invoke } from '../invoke/call.ts'
import { createGuard } from '../invoke/guard.ts'
import { createInvoke } from '../invoke/invoke.ts'
import { createLimits } from '../invoke/limits.ts'
import { createRecordOutcome } from '../invoke/record-outcome.ts'
import { createSystemHandlers } from '../system/handlers.ts'
import { isDatabaseReachable, isVendorReachable } from '../system/reachability.ts'
import { createUserHandlers } from '../users/handlers.ts'
import { createPeople } from '../users/people.ts'
import { createProfileReader } from '../users/profiles.ts'
import type { Metrics } from './metrics.ts'
import { createVendor, type VendorAccess } from './vendor.ts'
import { createWork, type Work } from './work.ts'

/** What the services need. */
export interface Foundations {
  readonly env: Env
  readonly database: Database
  readonly vendorAccess: VendorAccess
  readonly log: Logger
  readonly metrics: Metrics
  readonly onVendorEvent?: (event: EasemobEvent) => void
}

/** The assembled process, for its start, its stop and its tests. No domain receives this. */
export interface Services {
  readonly env: Env
  readonly database: Database
  readonly vendor: Easemob
  readonly keyring: Keyring
  readonly groupReader: GroupReader
  readonly work: Work
  readonly invoke: Invoke
  readonly app: Hono<AppEnv>
  readonly log: Logger
}

/** Makes each domain by its factory and connects them. Starts nothing; `services.work.start()` starts the workers. */
export function createServices(foundations: Foundations): Services {
  const { env, database, vendorAccess, log, metrics, onVendorEvent } = foundations
  const vendor = createVendor(vendorAccess, env.callsPerSecond, database, onVendorEvent)
  const failpoint = createFailpoint(env.crashAt)
  const keyring = createKeyring(env.imPasswordKeys)
  const readActor = createReadActor(database)
  const people = createPeople(database)
  const profiles = createProfileReader(database, env.cacheTtlMs)
  const readLocal = createReadLocalGroups(database)
  const reader = createGroupReader(ids => vendor.groups.get(ids), readLocal, env.cacheTtlMs)
  const view = createGroupView(profiles, env.fileUrlTemplate)
  const idempotency = createIdempotency(database)
  const forgetGroup = reader.forget
  const work = createWork({ env, database, vendor, keyring, log, failpoint, idempotency, forgetGroup })
  const { writes, registration, activation, runs, wakeRuns, resolvePending, queue } = work
  const { changePassword } = writes

  const handlers = {
    accounts: createAccountHandlers({
      ...{
        database,
        keyring,
        people,
        readActor,
        registration,
        runs,
        wakeRuns,
        changePassword,
        resolvePending,
      },
    }),
    groups: createGroupHandlers({ people, registration, reader, readLocal, view, idempotency, writes }),
    keys: createKeyHandlers(database, keyring),
    runs: createRunHandlers(database, runs),
    system: createSystemHandlers(database, vendor, queue),
    users: createUserHandlers({
      database,
      activation,
      forgetPeople() {
        profiles.forgetAll()
        // Cached views of groups contain the profiles of their members.
        reader.forgetAll()
      },
    }),
  }
  const audit = createAudit(database, log, env.intentLeaseMs)
  const limits = createLimits(env.rateLimitPerMinute)
  const invoke = createInvoke({
    ...{ handlers, readActor, limits, audit },
    tokens: createTokens(env),
    guard: createGuard(reader),
    recordOutcome: createRecordOutcome(log, metrics.called, audit),
  })
  const health = {
    isDatabaseReachable: () => isDatabaseReachable(database),
    isVendorReachable: () => isVendorReachable(vendor),
    metricsText: metrics.text,
  }
  const app = createApp({ env, log, health, limits, invoke })
  return { env, database, vendor, keyring, groupReader: reader, work, invoke, app, log }
}
