import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/connect.ts'
import type { IntentKind } from '../../durable/durable-write.ts'
import { followUp, isMissing, isThereAlready } from '../../vendor/outcome.ts'

const { accounts } = schema
const registered = { state: 'registered' as const, failure: null, changedAt: sql`now()` }

/** The subject of everything that changes one user's account. */
export const accountSubject = (userId: string): string => `account:${userId}`

/**
 * A new password, committed with the intent.
 *
 * - Dies before the vendor is called: the old one counts on both sides, until recovery sets the new one there.
 * - Dies after the call, or the answer is lost: nobody knows which counts. `GET password` settles the intent before it
 *   hands out anything, and setting the same password again is harmless.
 * - Dies before the last transaction is committed: the same. It replaces our password and ends the intent together.
 * - The vendor refuses: the old password stays in force on both sides, and the intent goes.
 */
export const changePassword: IntentKind<{ userId: string; password: string }, void> = {
  name: 'account.password',
  payload: z.object({ userId: z.string(), password: z.string() }),
  async perform({ vendor, keyring }, { userId, password }) {
    const plain = keyring.decrypt(password, userId)
    try {
      await vendor.users.setPassword(userId, plain)
    } catch (error) {
      if (!isMissing(error)) throw error
      await vendor.users.create({ username: userId, password: plain }).catch(async refusal => {
        // Someone has made the account meanwhile, or we have and the answer was lost.
        if (!isThereAlready(refusal)) throw refusal
        await followUp(vendor.users.setPassword(userId, plain))
      })
    }
  },
  async complete(tx, { userId, password }) {
    await tx
      .update(accounts)
      .set({ ...registered, password })
      .where(eq(accounts.userId, userId))
  },
}

/**
 * Takes over an account that the vendor already has: our password, committed long before, is set there. A crash at any
 * point leaves the account `pending` and the intent: recovery sets the same password again and then calls it registered,
 * and nobody is handed a password meanwhile. Runs under the account's subject, so that it cannot undo a password change;
 * where one has been faster, there is nothing left to do.
 */
export const adoptAccount: IntentKind<{ userId: string; password: string }, void> = {
  name: 'account.adopt',
  payload: z.object({ userId: z.string(), password: z.string() }),
  async perform({ vendor, keyring }, { userId, password }) {
    await vendor.users.setPassword(userId, keyring.decrypt(password, userId), { priority: 'bulk' })
  },
  async complete(tx, { userId }) {
    await tx.update(accounts).set(registered).where(eq(accounts.userId, userId))
  },
}
