import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { isMissing } from '../../vendor/outcome.ts'

const { groups } = schema

/**
 * Deletes a group. That the vendor no longer has it counts as success, so recovery may repeat the call after a crash at
 * any point and after a lost answer. The local row is deleted in the transaction that deletes the intent, and only once
 * the vendor has confirmed.
 */
export function deleteGroup(
  forgetGroup: (groupId: string) => void,
): DurableWrite<Easemob, { groupId: string }, void> {
  return {
    name: 'group.delete',
    payload: z.object({ groupId: z.string() }),
    async perform(vendor, { groupId }) {
      await vendor.groups.delete(groupId).catch(error => {
        if (!isMissing(error)) throw error
      })
    },
    async findOut(vendor, { groupId }) {
      const found = await vendor.groups.get([groupId])
      return found.length === 0 ? { result: undefined } : null
    },
    async complete(tx, { groupId }) {
      await tx.delete(groups).where(eq(groups.id, groupId))
    },
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}
