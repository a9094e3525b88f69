import { z } from 'zod'
import { groupRecord, messageRecord, userRecord } from './records.ts'

const names = z.array(z.string())

/**
 * A change of the state. Every change is applied in memory and appended as one line to the snapshot file, and replaying the lines restores the
 * state.
 */
export const changeSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('user.put'), user: userRecord }),
  z.object({ op: z.literal('user.delete'), name: z.string() }),
  z.object({ op: z.literal('group.put'), group: groupRecord }),
  z.object({ op: z.literal('group.delete'), id: z.string() }),
  z.object({ op: z.literal('members.add'), id: z.string(), names, at: z.number() }),
  z.object({ op: z.literal('members.remove'), id: z.string(), names }),
  z.object({
    op: z.literal('group.list'),
    id: z.string(),
    list: z.enum(['admins', 'blocks', 'allowed']),
    names,
    listed: z.boolean(),
  }),
  z.object({ op: z.literal('group.mute'), id: z.string(), names, until: z.number().nullable() }),
  z.object({ op: z.literal('contact.put'), owner: z.string(), friend: z.string(), remark: z.string() }),
  z.object({ op: z.literal('contact.delete'), owner: z.string(), friend: z.string() }),
  z.object({ op: z.literal('block'), owner: z.string(), names, blocked: z.boolean() }),
  z.object({ op: z.literal('metadata'), name: z.string(), entries: z.record(z.string(), z.string()) }),
  z.object({ op: z.literal('message'), message: messageRecord }),
  z.object({ op: z.literal('tokens.revoke'), generation: z.number() }),
  z.object({ op: z.literal('clock'), offset: z.number() }),
  z.object({ op: z.literal('sequence'), seq: z.number() }),
  z.object({ op: z.literal('reset') }),
])
export type Change = z.infer<typeof changeSchema>
