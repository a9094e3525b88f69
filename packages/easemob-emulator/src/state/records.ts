import { z } from 'zod'

/** A user as stored. The uuid is derived from `seq` and `created`, so a million users carry no million uuid strings. */
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

/** A message as accepted. `recipients` are [name, message id] pairs: the vendor gives every recipient an id of its own. */
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
