import { z } from 'zod'
import { operation } from '../operation.ts'
import { groupId, groupIds, text, userId, userIds } from '../schemas/common.ts'
import {
  faceId,
  groupAfterUpdate,
  groupDetails,
  groupFace,
  groupFields,
  groupSummary,
} from '../schemas/group.ts'

const manyGroups = z.object({ im_group_id: groupIds })
const oneGroup = z.object({ im_group_id: groupId })
const groupAndMembers = z.object({ im_group_id: groupId, members: userIds.pipe(z.array(userId).min(1)) })

/** Chat groups and their members. */
export const groups = {
  get: operation({
    kind: 'query',
    summary: 'Details of groups, with the profiles of their members',
    access: 'group.see',
    errors: ['GROUP_NOT_FOUND'],
    input: manyGroups,
    output: z.array(groupDetails),
    route: { method: 'GET', path: '/group', status: 200 },
  }),
  list: operation({
    kind: 'query',
    summary: 'Details of groups, members as the vendor lists them',
    access: 'group.see',
    errors: ['GROUP_NOT_FOUND'],
    input: manyGroups,
    output: z.array(groupSummary),
    route: { method: 'GET', path: '/groups', status: 200 },
  }),
  create: operation({
    kind: 'mutation',
    summary: 'Create a group owned by the caller',
    access: 'user',
    errors: ['MEMBERS_NOT_FOUND', 'CONFLICT'],
    input: z.object({
      groupname: groupFields.groupname,
      desc: groupFields.desc,
      public: groupFields.public.default(true),
      maxusers: groupFields.maxusers.default(200),
      members_only: groupFields.members_only.default(false),
      allowinvites: groupFields.allowinvites.default(true),
      members: userIds.default([]),
      idempotency_key: text
        .min(1)
        .max(255)
        .optional()
        .describe('the same key and body answer the same group for 24 h'),
    }),
    output: z.object({ im_group_id: groupId }),
    route: {
      method: 'POST',
      path: '/group',
      status: 201,
      message: '成功',
      headers: { idempotency_key: 'Idempotency-Key' },
    },
    rate: 'tenth',
  }),
  update: operation({
    kind: 'mutation',
    summary: 'Change a group, its face or its owner',
    access: 'group.own',
    errors: ['GROUP_NOT_FOUND', 'NEW_OWNER_NOT_FOUND', 'NOT_A_MEMBER', 'CONFLICT'],
    input: z.object({
      im_group_id: groupId,
      groupname: groupFields.groupname,
      desc: groupFields.desc,
      public: groupFields.public.optional(),
      maxusers: groupFields.maxusers.optional(),
      members_only: groupFields.members_only.optional(),
      allowinvites: groupFields.allowinvites.optional(),
      group_face: faceId.optional(),
      new_owner_user: userId.optional(),
    }),
    output: groupAfterUpdate,
    route: { method: 'PATCH', path: '/group', status: 201 },
    target: 'im_group_id',
  }),
  delete: operation({
    kind: 'mutation',
    summary: 'Delete a group',
    access: 'group.own',
    errors: ['GROUP_NOT_FOUND', 'CONFLICT'],
    input: oneGroup,
    output: z.null(),
    route: { method: 'DELETE', path: '/group', status: 204 },
    target: 'im_group_id',
  }),
  faces: operation({
    kind: 'query',
    summary: 'Stored faces of groups',
    access: 'user',
    errors: [],
    input: manyGroups,
    output: z.array(groupFace),
    route: { method: 'GET', path: '/group/face', status: 200 },
  }),
  addMembers: operation({
    kind: 'mutation',
    summary: 'Add members to a group',
    access: 'group.invite',
    errors: ['GROUP_NOT_FOUND', 'MEMBERS_NOT_FOUND', 'GROUP_FULL', 'CONFLICT'],
    input: groupAndMembers,
    output: z.null(),
    route: { method: 'POST', path: '/group/member', status: 201 },
    target: 'im_group_id',
  }),
  removeMembers: operation({
    kind: 'mutation',
    summary: 'Remove members from a group',
    access: 'group.remove',
    errors: ['GROUP_NOT_FOUND', 'OWNER_CANNOT_LEAVE', 'CONFLICT'],
    input: groupAndMembers,
    output: z.null(),
    route: { method: 'DELETE', path: '/group/member', status: 204 },
    target: 'im_group_id',
  }),
}
