import type { Contract, Handlers } from '@easemob-gateway/contracts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import type { RequestContext } from '../request.ts'
import type { Keyring } from './keyring.ts'

const stale = z.object({ userId: z.string(), password: z.string() })
const counted = z.object({ remaining: z.int() })
const batchSize = 500
const timeLimitMs = 20_000

/** The handlers of the operations on the keys that encrypt IM passwords at rest. */
export function createKeyHandlers(
  database: Database,
  keyring: Keyring,
): Handlers<Contract, RequestContext>['keys'] {
  return {
    /** Updates a row only if it still holds the value that was read, so that a concurrent password change is not lost. */
    async rotate({ cancellation }) {
      const current = `${keyring.currentId}.%`
      const until = Date.now() + timeLimitMs
      let rotated = 0
      while (Date.now() < until && !cancellation.signal.aborted) {
        const rows = await database.rows(
          stale,
          sql`select user_id::text as "userId", password from accounts where password not like ${current} limit ${batchSize}`,
        )
        if (rows.length === 0) break
        const values = rows.map(({ userId, password }) => ({
          id: userId,
          before: password,
          after: keyring.encrypt(keyring.decrypt(password, userId), userId),
        }))
        const changed = await database.rows(
          z.unknown(),
          sql`update accounts a set password = v.after
            from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v (id bigint, before text, after text)
            where a.user_id = v.id and a.password = v.before returning 1`,
        )
        rotated += changed.length
      }
      // Unfinished intents hold passwords as well: the old key is needed until they are completed.
      const [left] = await database.rows(
        counted,
        sql`select (select count(*) from accounts where password not like ${current})::int
               + (select count(*) from intents where payload->>'password' not like ${current})::int as remaining`,
      )
      return { key: keyring.currentId, rotated, remaining: left?.remaining ?? 0 }
    },
  }
}
