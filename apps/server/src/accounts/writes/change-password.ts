import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { afterDoubt, followUp, isMissing, isThereAlready, mayHaveHappened } from '../../vendor/outcome.ts'
import type { Keyring } from '../keyring.ts'
import { registered } from './registered.ts'

const { accounts } = schema

/**
 * Sets a new password, which is committed with the intent.
 *
 * - A crash before the vendor is called: the old password is valid on both sides until recovery sets the new one.
 * - A crash after the call, or a lost answer: either password may be valid at the vendor. `GET password` resolves the
 *   intent before it answers; setting the same password again changes nothing.
 * - A crash before the last transaction is committed: the same. That transaction stores the new password and deletes the
 *   intent.
 * - The vendor refuses: the old password stays valid on both sides, and the intent is deleted.
 * - The vendor refuses after an attempt whose answer was lost: signing in with the new password tells which is valid.
 */
export function changePassword(
  keyring: Keyring,
): DurableWrite<Easemob, { userId: string; password: string }, void> {
  return {
    name: 'account.password',
    payload: z.object({ userId: z.string(), password: z.string() }),
    async perform(vendor, { userId, password }) {
      const plain = keyring.decrypt(password, userId)
      try {
        await vendor.users.setPassword(userId, plain)
      } catch (error) {
        if (!isMissing(error)) throw error
        await createOrSet(vendor, userId, plain).catch(failure => {
          throw mayHaveHappened(error) ? afterDoubt(failure) : failure
        })
      }
    },
    async findOut(vendor, { userId, password }) {
      const isSet = await vendor.users.verifyPassword(userId, keyring.decrypt(password, userId))
      return isSet ? { result: undefined } : null
    },
    async complete(tx, { userId, password }) {
      await tx
        .update(accounts)
        .set({ ...registered, password })
        .where(eq(accounts.userId, userId))
    },
  }
}

async function createOrSet(vendor: Easemob, userId: string, password: string): Promise<void> {
  await vendor.users.create({ username: userId, password }).catch(async refusal => {
    // Another process has created the account meanwhile, or our call did and its answer was lost.
    if (!isThereAlready(refusal)) throw refusal
    await followUp(vendor.users.setPassword(userId, password))
  })
}
