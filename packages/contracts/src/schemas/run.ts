import { z } from 'zod'
import { time } from './common.ts'

/** A run's id: a positive integer as a string. */
export const runId = z.string().regex(/^[1-9]\d{0,15}$/)

const counters = {
  id: runId,
  state: z.enum(['running', 'done', 'cancelled']),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
}

/** A registration run without times and errors. */
export const runSummary = z.object(counters).meta({ id: 'Run' })

/** A registration run: its counters, times, speed and up to 20 errors. */
export const run = z.object({
  ...counters,
  started_at: time,
  finished_at: time.nullable(),
  users_per_second: z.number(),
  errors: z.array(z.object({ user_id: z.string(), reason: z.string() })).max(20),
})
