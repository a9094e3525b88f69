import type { Easemob } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { isMissing } from '../../vendor/outcome.ts'

const { groups } = schema

/**
 * The end of a group. Deleting what is gone already is a success, so recovery may do it again after a crash at any
 * point, and after a lost answer. Our row goes in the transaction that ends the intent, which comes only when the vendor
 * has confirmed: until then the group is known on both sides, or gone there and about to go here.
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
    async complete(tx, { groupId }) {
      await tx.delete(groups).where(eq(groups.id, groupId))
    },
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}
