import { z } from 'zod'
import { operation } from '../operation.ts'
import { noInput, page, time } from '../schemas/common.ts'

/** State and administration of the gateway. */
export const system = {
  status: operation({
    kind: 'query',
    summary: 'Database, vendor, queue and counts',
    access: 'admin',
    errors: [],
    input: noInput,
    output: z.object({
      version: z.string(),
      database: z.object({ kind: z.enum(['pglite', 'postgres']), latency_ms: z.number() }),
      vendor: z.object({
        reachable: z.boolean(),
        breaker: z.string(),
        token_age_s: z.number().nullable(),
      }),
      queue: z.object({
        waiting: z.int().describe('durable jobs to be done'),
        dead: z.int().describe('jobs given up; system.retry brings them back'),
        intents: z.int().describe('writes that have begun and not ended'),
      }),
      counts: z.object({ users: z.int(), accounts: z.int(), groups: z.int() }),
    }),
  }),
  retry: operation({
    kind: 'mutation',
    summary: 'Bring every job that was given up back to work',
    access: 'admin',
    errors: [],
    input: noInput,
    output: z.object({ retried: z.int() }),
  }),
  audit: operation({
    kind: 'query',
    summary: 'What administrators did, newest first',
    access: 'admin',
    errors: [],
    input: z.object(page).prefault({}),
    output: z.object({
      entries: z.array(
        z.object({
          id: z.string(),
          at: time,
          actor: z.string(),
          operation: z.string(),
          target: z.string().nullable(),
          request_id: z.string(),
          outcome: z.string().describe('ok, the reason it was refused, or unknown where its process died'),
        }),
      ),
      cursor: z.string().nullable(),
    }),
  }),
}
