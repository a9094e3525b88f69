import type { Easemob, EasemobGroup } from '@easemob-gateway/easemob'
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
  /** For the local row of the group. Stored with the intent, so the name stays. */
  own: z.object({ face: z.int().optional(), allowInvites: z.boolean().optional() }),
  newOwner: z.object({ id: z.string(), name: z.string() }).nullable(),
})
/** The payload of {@link updateGroup}, as it is stored. */
export type GroupChange = z.infer<typeof groupChange>

/**
 * Changes fields, picture and owner of a group.
 *
 * - A crash before the payload is committed: the vendor has not been called, and recovery deletes the intent.
 * - A crash before, between or after the vendor calls, or a lost answer: both calls set values, so recovery repeats them
 *   with the same result; that the new owner owns the group already counts as success.
 * - A crash before the last transaction is committed: the same. That transaction writes the local row, enqueues the
 *   notice and deletes the intent, so the notice is enqueued once.
 * - The group's other writers wait for this intent, so a repeated call cannot undo their changes.
 * - The vendor refuses the fields: nothing has changed, and the intent is deleted. The fields are set before the owner,
 *   whose membership has been checked: if the vendor still refuses the owner, the intent ends and the fields stay set.
 * - The vendor refuses after an attempt whose answer was lost: the group as the vendor has it tells whether that attempt
 *   has succeeded.
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
    async findOut(vendor, { groupId, vendor: fields, newOwner }) {
      const [group] = await vendor.groups.get([groupId])
      const isDone = group && hasFields(group, fields) && (!newOwner || group.owner === newOwner.id)
      return isDone ? { result: undefined } : null
    },
    async complete(tx, { groupId, by, own: local, newOwner }) {
      const set = {
        ...(local.face === undefined ? {} : { face: local.face }),
        ...(local.allowInvites === undefined ? {} : { allowInvites: local.allowInvites }),
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

/** Whether a group has what was to be set; `allowInvites` apart, which the vendor forces to false on public groups. */
function hasFields(group: EasemobGroup, fields: GroupChange['vendor']): boolean {
  return (
    group.name === fields.name &&
    group.description === fields.description &&
    group.public === (fields.public ?? group.public) &&
    group.maxUsers === (fields.maxUsers ?? group.maxUsers) &&
    group.membersOnly === (fields.membersOnly ?? group.membersOnly)
  )
}
