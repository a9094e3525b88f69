import type { Easemob } from '@easemob-gateway/easemob'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { type Database, type Executor, schema } from '../db/database.ts'
import type { JobHandler } from '../durable/queue.ts'
import { isMissing } from '../vendor/outcome.ts'

const { users } = schema
const job = z.object({ userId: z.string() })

/** Keeps IM accounts active exactly while their users are not deleted. */
export interface Activation {
  /** Enqueues the job for users whose `deleted_at` has changed, in the transaction that changed it. */
  enqueue(tx: Executor, userIds: readonly string[]): Promise<void>
  /**
   * Enqueues it for those of some new accounts whose users were deleted while being registered: the job that the deletion
   * enqueued may have come before the account. Call it before the registration is recorded, so that a crash in between
   * does it again.
   */
  deactivateDeleted(userIds: readonly string[]): Promise<void>
}

/** @param enqueue puts jobs of the activation queue into a transaction */
export function createActivation(
  database: Database,
  enqueue: (tx: Executor, jobs: readonly object[]) => Promise<void>,
): Activation {
  const send = (tx: Executor, userIds: readonly string[]) =>
    enqueue(
      tx,
      userIds.map(userId => ({ userId })),
    )
  return {
    enqueue: send,
    async deactivateDeleted(userIds) {
      if (userIds.length === 0) return
      const deleted = await database.orm
        .select({ id: users.id })
        .from(users)
        .where(and(inArray(users.id, [...userIds]), isNotNull(users.deletedAt)))
      await send(
        database.orm,
        deleted.map(({ id }) => id),
      )
    },
  }
}

/**
 * Brings the vendor's account to the user's present state, whatever the order of the jobs: two of one user may run at
 * once, so each reads the user again after its call, and goes on until what it has set is what stands.
 */
export function createActivationJob(vendor: Pick<Easemob, 'users'>, database: Database): JobHandler {
  return async data => {
    const { userId } = job.parse(data)
    let set: boolean | undefined
    for (;;) {
      const [user] = await database.orm
        .select({ deletedAt: users.deletedAt })
        .from(users)
        .where(eq(users.id, userId))
      const active = user?.deletedAt === null
      if (!user || set === active) return
      await (active ? vendor.users.activate(userId) : vendor.users.deactivate(userId)).catch(error => {
        // Without an account there is nothing to deactivate.
        if (!isMissing(error)) throw error
      })
      set = active
    }
  }
}
