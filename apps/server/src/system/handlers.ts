import type { Contract, Handlers } from '@easemob-gateway/contracts'
import type { EasemobReader } from '@easemob-gateway/easemob'
import { desc, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import pkg from '../../package.json' with { type: 'json' }
import { type Database, schema } from '../db/database.ts'
import { legacyTime } from '../db/legacy-time.ts'
import type { RequestContext } from '../request.ts'
import { isVendorReachable } from './reachability.ts'

const counts = z.object({ users: z.int(), accounts: z.int(), groups: z.int(), intents: z.int() })

/** The part of the job queue that the system operations use. */
export interface JobCounts {
  /** Counts the waiting and the dead jobs. */
  depth(): Promise<{ waiting: number; dead: number }>
  /** Moves the dead jobs back to their queues; resolves to how many. */
  retryDead(): Promise<number>
}

/** The handlers of the operations on the gateway itself: status, dead jobs, audit. */
export function createSystemHandlers(
  database: Database,
  vendor: EasemobReader,
  queue: JobCounts,
): Handlers<Contract, RequestContext>['system'] {
  return {
    async status() {
      const began = performance.now()
      const [counted] = await database.rows(
        counts,
        sql`select (select count(*) from users where deleted_at is null)::int as users,
                 (select count(*) from accounts where state = 'registered')::int as accounts,
                 (select count(*) from groups)::int as groups, (select count(*) from intents)::int as intents`,
      )
      const latency = performance.now() - began
      const { intents = 0, ...found } = counted ?? { users: 0, accounts: 0, groups: 0 }
      const [reachable, depth] = await Promise.all([isVendorReachable(vendor), queue.depth()])
      const age = vendor.token.ageMs()
      return {
        version: pkg.version,
        database: { kind: database.kind, latency_ms: Math.round(latency * 10) / 10 },
        vendor: {
          reachable,
          breaker: vendor.stats().breaker,
          token_age_s: age === null ? null : Math.round(age / 1000),
        },
        queue: { ...depth, intents },
        counts: found,
      }
    },

    retry: async () => ({ retried: await queue.retryDead() }),

    async audit(call) {
      const { cursor, limit } = call.input
      const { audit } = schema
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
      const rows = await database.orm
        .select()
        .from(audit)
        .where(lt(audit.id, before))
        .orderBy(desc(audit.id))
        .limit(limit)
      const entries = rows.map(({ id, at, requestId, ...entry }) => ({
        ...entry,
        id: String(id),
        at: legacyTime(at),
        request_id: requestId,
      }))
      return { entries, cursor: entries.length < limit ? null : (entries.at(-1)?.id ?? null) }
    },
  }
}
