import { z } from 'zod'

/** A stored user. The uuid is computed from `seq` and `created`, which saves the memory of a string per user. */
export const userRecord = z.object({
  seq: z.number(),
  name: z.string(),
  password: z.string(),
  created: z.number(),
  modified: z.number(),
  active: z.boolean(),
  nickname: z.string().optional(),
})
export type UserRecord = z.infer<typeof userRecord>

/** A group without its members. Times in ms since the epoch. */
export const groupRecord = z.object({
  seq: z.number(),
  id: z.string(),
  name: z.string(),
  description: z.string(),
  avatar: z.string().optional(),
  public: z.boolean(),
  maxusers: z.number(),
  allowinvites: z.boolean(),
  membersonly: z.boolean(),
  inviteNeedConfirm: z.boolean(),
  owner: z.string(),
  custom: z.string(),
  scale: z.enum(['normal', 'large']),
  created: z.number(),
  modified: z.number(),
  mute: z.boolean(),
  disabled: z.boolean(),
  announcement: z.string(),
})
export type GroupRecord = z.infer<typeof groupRecord>

/** An accepted message. `recipients` are pairs of name and message id, since the vendor assigns an id per recipient. */
export const messageRecord = z.object({
  at: z.number(),
  target: z.enum(['users', 'chatgroups', 'chatrooms']),
  from: z.string(),
  recipients: z.array(z.tuple([z.string(), z.string()])),
  type: z.string(),
  body: z.unknown(),
  ext: z.unknown().optional(),
})
export type MessageRecord = z.infer<typeof messageRecord>
