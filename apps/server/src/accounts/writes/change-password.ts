import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { followUp, isMissing, isThereAlready } from '../../vendor/outcome.ts'
import type { Keyring } from '../keyring.ts'
import { registered } from './registered.ts'

const { accounts } = schema

/**
 * A new password, committed with the intent.
 *
 * - Dies before the vendor is called: the old one counts on both sides, until recovery sets the new one there.
 * - Dies after the call, or the answer is lost: nobody knows which counts. `GET password` resolves the intent before it
 *   hands out anything, and setting the same password again is harmless.
 * - Dies before the last transaction is committed: the same. It replaces our password and ends the intent together.
 * - The vendor refuses: the old password stays in force on both sides, and the intent goes.
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
}
