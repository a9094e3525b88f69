import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Database, type Executor, schema } from '../db/database.ts'

const { idempotency } = schema
const waitForAnswerMs = 10_000
const pollMs = 50
const lifetimeHours = 24
const expired = sql`now() - ${lifetimeHours} * interval '1 hour'`
const answer = z.object({ im_group_id: z.string() })
type Answer = z.infer<typeof answer>

/** A request with an idempotency key, which is unique for an actor and an operation. */
export interface KeyedRequest {
  readonly actor: string
  readonly operation: string
  readonly key: string
  readonly bodyHash: string
}

/** Stores the answers of requests with an idempotency key for 24 hours. */
export interface Idempotency {
  /**
   * The answer of an earlier request with this key; waits up to 10 s while that runs. Null when there is none.
   * @throws GatewayError CONFLICT when the earlier request runs longer, or had another body
   */
  earlierAnswer(request: KeyedRequest, signal: AbortSignal): Promise<Answer | null>
  /** Claims the key in the transaction of the intent; false when another request has it. */
  claim(tx: Executor, request: KeyedRequest): Promise<boolean>
  /** Deletes answers that are older than 24 hours. */
  deleteExpired(): Promise<void>
}

/** @example keyedRequest('2', 'groups.create', key, body) */
export function keyedRequest(actor: string, operation: string, key: string, body: object): KeyedRequest {
  return {
    actor,
    operation,
    key,
    bodyHash: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  }
}

/** @example const earlier = await createIdempotency(database).earlierAnswer(request, signal) */
export function createIdempotency(database: Database): Idempotency {
  return {
    async earlierAnswer({ actor, operation, key, bodyHash }, signal) {
      const until = Date.now() + waitForAnswerMs
      for (;;) {
        const [row] = await database.orm
          .select({ bodyHash: idempotency.bodyHash, answer: idempotency.answer })
          .from(idempotency)
          .where(
            and(
              eq(idempotency.actor, actor),
              eq(idempotency.operation, operation),
              eq(idempotency.key, key),
              gt(idempotency.createdAt, expired),
            ),
          )
        if (!row) return null
        if (row.bodyHash !== bodyHash)
          throw conflict('the Idempotency-Key was used with another body, take a new one')
        if (row.answer !== null) return answer.parse(row.answer)
        if (Date.now() > until || signal.aborted)
          throw conflict('the first request with this Idempotency-Key is still at work')
        await delay(pollMs)
      }
    },
    async claim(tx, request) {
      const claimed = await tx
        .insert(idempotency)
        .values(request)
        .onConflictDoUpdate({
          target: [idempotency.actor, idempotency.operation, idempotency.key],
          set: { bodyHash: request.bodyHash, answer: null, createdAt: sql`now()` },
          setWhere: lt(idempotency.createdAt, expired),
        })
        .returning({ key: idempotency.key })
      return claimed.length > 0
    },
    async deleteExpired() {
      await database.orm.delete(idempotency).where(lt(idempotency.createdAt, expired))
    },
  }
}

const conflict = (why: string) => new GatewayError('CONFLICT', { values: { why } })
