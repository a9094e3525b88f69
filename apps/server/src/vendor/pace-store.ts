import type { PaceStore } from '@easemob-gateway/easemob'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '../db/database.ts'

const statement = `
  insert into pace as p (limit_class, next_slot)
  values ($1, extract(epoch from clock_timestamp()) + $2::float8)
  on conflict (limit_class) do update set
    next_slot = greatest(p.next_slot, extract(epoch from clock_timestamp())) + $2::float8
  returning (next_slot - $2::float8 - extract(epoch from clock_timestamp()))::float8 as wait`

/**
 * The shared pace of all processes on one database: a row for each limit class holds the time of the next free slot, and
 * one statement reserves slots. It uses the database's clock, since the clocks of several processes differ.
 */
export function createPaceStore(database: Database): PaceStore {
  return {
    async reserve(limitClass, perSecond, count) {
      const [row] = await database.prepared(statement, [limitClass, count / perSecond])
      return { startInMs: Math.max(0, Number(row?.['wait'] ?? 0) * 1000), intervalMs: 1000 / perSecond }
    },
    async slowDown(limitClass, pauseMs) {
      await database.rows(
        z.unknown(),
        sql`update pace set next_slot = greatest(next_slot, extract(epoch from clock_timestamp()) + ${pauseMs / 1000}::float8)
            where limit_class = ${limitClass}`,
      )
    },
  }
}
