import { z } from 'zod'
import { groupId, jsonObject, text, time } from './common.ts'

const json = jsonObject.nullable()

/** The profile of a group member. */
export const memberProfile = z
  .object({
    id: z.int(),
    name: z.string(),
    bio: z.string().nullable(),
    sex: z.int().describe('0 unknown, 1 male, 2 female'),
    location: z.string().nullable(),
    created_at: time.nullable(),
    updated_at: time.nullable(),
    is_owner: z.union([z.literal(0), z.literal(1)]),
    avatar: z.string().nullable(),
    bg: z.string().nullable(),
    verified: json,
    extra: json,
    certification: json,
  })
  .meta({ id: 'MemberProfile' })

/** Fields that all group answers share. */
const groupBase = {
  id: groupId,
  name: z.string(),
  description: z.string(),
  membersonly: z.boolean(),
  allowinvites: z.boolean(),
  maxusers: z.int(),
  owner: z.string(),
  created: z.int().describe('ms since 1970'),
  custom: z.string(),
  affiliations_count: z.int(),
  public: z.boolean(),
  group_face: z.string().describe('URL of the face, or empty'),
}

/** A group with the profiles of its members, the owner first. */
export const groupDetails = z
  .object({ ...groupBase, affiliations: z.array(memberProfile) })
  .meta({ id: 'GroupDetails' })

/** A group with its members in the vendor's rows: `{member}` or `{owner}`. */
export const groupSummary = z
  .object({
    ...groupBase,
    affiliations: z.array(z.union([z.object({ member: z.string() }), z.object({ owner: z.string() })])),
  })
  .meta({ id: 'GroupSummary' })

/** The fields that a caller may set on a group, with their limits. */
export const groupFields = {
  groupname: text.trim().min(1).max(128),
  desc: text.trim().min(1).max(512),
  public: z.boolean(),
  maxusers: z.int().min(3).max(2000).describe('the owner counts'),
  members_only: z.boolean().describe('joining needs approval'),
  allowinvites: z.boolean().describe('members may add members'),
}

/** A group after a change. */
export const groupAfterUpdate = z
  .object({
    groupname: z.string(),
    desc: z.string(),
    public: z.boolean(),
    maxusers: z.int(),
    members_only: z.boolean(),
    allowinvites: z.boolean(),
    group_face: z.string().describe('URL of the face, or empty'),
    im_group_id: groupId,
  })
  .meta({ id: 'GroupAfterUpdate' })

/** The stored face (picture) of a group: the id of an uploaded file, 0 when there is none. */
export const groupFace = z.object({ im_group_id: groupId, group_face: z.int() }).meta({ id: 'GroupFace' })

/** The id of an uploaded file to use as the group's face (picture); 0 leaves it unchanged. */
export const faceId = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
