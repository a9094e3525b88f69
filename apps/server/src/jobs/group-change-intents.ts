import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../db/connect.ts'
import { forgetGroup } from './group-intents.ts'
import type { IntentKind } from './intent-kind.ts'
import { groupChanged, ownerChanged } from './notice-texts.ts'
import type { Notices } from './notices.ts'
import { followUp, isMissing, isThereAlready } from './vendor-outcome.ts'

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
 * Fields, face and owner of a group. Every vendor call sets a value, so repeating it after a crash at any point comes
 * to the same end; the group's other writers wait for this intent, so a late repeat cannot undo theirs. Fields go
 * before the owner: the vendor may refuse a name, while the new owner has been found to be a member already.
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
 * The end of a group. Deleting what is gone already is a success at the vendor's side, so a repeat after a crash ends
 * well; our row goes only when the vendor has confirmed.
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
