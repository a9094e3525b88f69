import type { Easemob } from '@easemob-gateway/easemob'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { followUp, isThereAlready } from '../../vendor/outcome.ts'
import { groupChanged, ownerChanged } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'

const { groups } = schema

const groupChange = z.object({
  groupId: z.string(),
  by: z.string(),
  vendor: z.object({
    name: z.string(),
    description: z.string(),
    public: z.boolean().optional(),
    maxUsers: z.int().optional(),
    membersOnly: z.boolean().optional(),
    allowInvites: z.boolean().optional(),
  }),
  /** What our own row of the group says. */
  own: z.object({ face: z.int().optional(), allowInvites: z.boolean().optional() }),
  newOwner: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type GroupChange = z.infer<typeof groupChange>

/**
 * Fields, face and owner of a group.
 *
 * - Dies before the payload is committed: nobody has called the vendor, and recovery drops the intent.
 * - Dies before, between or after the vendor's calls, or an answer is lost: every call sets a value, so recovery makes
 *   both again and comes to the same end; an owner who is the owner already is a success.
 * - Dies before the last transaction is committed: the same again. Face, notice and the end of the intent are in it
 *   together, so the face is set and the notice is enqueued once.
 * - The group's other writers wait for this intent, so a repeat cannot undo theirs.
 * - The vendor refuses the fields: nothing has changed, and the intent goes. Fields go before the owner, who has been
 *   found to be a member already: once they are set, a refusal of the owner ends the intent with the fields as they are.
 */
export function updateGroup(
  notices: Notices,
  forgetGroup: (groupId: string) => void,
): DurableWrite<Easemob, GroupChange, void> {
  return {
    name: 'group.update',
    payload: groupChange,
    async perform(vendor, { groupId, vendor: fields, newOwner }) {
      await vendor.groups.update(groupId, fields)
      if (newOwner)
        await followUp(
          vendor.groups.transfer(groupId, newOwner.id).catch(error => {
            if (!isThereAlready(error)) throw error
          }),
        )
    },
    async complete(tx, { groupId, by, own, newOwner }) {
      const set = {
        ...(own.face === undefined ? {} : { face: own.face }),
        ...(own.allowInvites === undefined ? {} : { allowInvites: own.allowInvites }),
      }
      const row = { id: groupId, ...set }
      await Promise.all([
        Object.keys(set).length > 0 &&
          tx.insert(groups).values(row).onConflictDoUpdate({ target: groups.id, set }),
        notices.send(tx, [newOwner ? ownerChanged(groupId, newOwner.name) : groupChanged(groupId, by)]),
      ])
    },
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}
