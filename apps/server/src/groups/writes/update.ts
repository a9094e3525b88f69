import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/connect.ts'
import type { IntentKind } from '../../durable/durable-write.ts'
import { followUp, isMissing, isThereAlready } from '../../vendor/outcome.ts'
import { groupChanged, ownerChanged } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'
import { forgetGroup } from './create.ts'

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
  /** What the vendor does not keep. */
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
export function updateGroup(notices: Notices): IntentKind<GroupChange, void> {
  return {
    name: 'group.update',
    payload: groupChange,
    async perform({ vendor }, { groupId, vendor: fields, newOwner }) {
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
    forget: forgetGroup,
  }
}

/**
 * The end of a group. Deleting what is gone already is a success, so recovery may do it again after a crash at any
 * point, and after a lost answer. Our row goes in the transaction that ends the intent, which comes only when the vendor
 * has confirmed: until then the group is known on both sides, or gone there and about to go here.
 */
export const deleteGroup: IntentKind<{ groupId: string }, void> = {
  name: 'group.delete',
  payload: z.object({ groupId: z.string() }),
  async perform({ vendor }, { groupId }) {
    await vendor.groups.delete(groupId).catch(error => {
      if (!isMissing(error)) throw error
    })
  },
  async complete(tx, { groupId }) {
    await tx.delete(groups).where(eq(groups.id, groupId))
  },
  forget: forgetGroup,
}
