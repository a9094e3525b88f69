import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import type { Keyring } from '../keyring.ts'
import { registered } from './registered.ts'

const { accounts } = schema

/**
 * Takes over an account that the vendor already has: our password, committed long before, is set there. A crash at any
 * point leaves the account `pending` and the intent: recovery sets the same password again and then calls it registered,
 * and nobody is handed a password meanwhile. Runs under the account's subject, so that it cannot undo a password change;
 * where one has been faster, there is nothing left to do.
 */
export function adoptAccount(
  keyring: Keyring,
): DurableWrite<Easemob, { userId: string; password: string }, void> {
  return {
    name: 'account.adopt',
    payload: z.object({ userId: z.string(), password: z.string() }),
    async perform(vendor, { userId, password }) {
      await vendor.users.setPassword(userId, keyring.decrypt(password, userId), { priority: 'bulk' })
    },
    async complete(tx, { userId }) {
      await tx.update(accounts).set(registered).where(eq(accounts.userId, userId))
    },
  }
}
