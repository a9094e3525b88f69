import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import type { Keyring } from '../keyring.ts'
import { registered } from './registered.ts'

const { accounts } = schema

/**
 * Adopts an account that the vendor already has: sets our password there, which was committed before. A crash at any
 * point leaves the row `pending` and the intent; recovery sets the same password again and then marks the account as
 * registered. Until then no caller receives the password. The write holds the account's subject, so that it cannot undo a
 * password change; after one, there is nothing left to do.
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
    async findOut(vendor, { userId, password }) {
      const isSet = await vendor.users.verifyPassword(userId, keyring.decrypt(password, userId))
      return isSet ? { result: undefined } : null
    },
    async complete(tx, { userId }) {
      await tx.update(accounts).set(registered).where(eq(accounts.userId, userId))
    },
  }
}
