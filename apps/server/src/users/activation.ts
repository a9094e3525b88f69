import type { Easemob } from '@easemob-gateway/easemob'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { type Database, type Executor, schema } from '../db/database.ts'
import type { JobHandler } from '../durable/queue.ts'
import { isMissing } from '../vendor/outcome.ts'

const { users } = schema
const job = z.object({ userId: z.string() })

/** Deactivates the IM accounts of deleted users, and activates them again when the users come back. */
export interface Activation {
  /** Enqueues jobs for users whose `deleted_at` has changed, in the transaction of that change. */
  enqueue(tx: Executor, userIds: readonly string[]): Promise<void>
  /**
   * Enqueues jobs for those users who were deleted during their registration: the job of the deletion may have run before
   * the account existed. Call it before the registration is recorded, so that it is repeated after a crash in between.
   */
  deactivateDeleted(userIds: readonly string[]): Promise<void>
}

/** @param enqueue enqueues jobs of the activation queue in a transaction */
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
 * Brings the vendor's account to the user's current state. Two jobs of one user may run at once and in any order, so each
 * reads the user again after its call, and repeats until the state that it has set is the current one.
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
        // The user has no account yet.
        if (!isMissing(error)) throw error
      })
      set = active
    }
  }
}
