import { checkErrors, GROUP, many, type Row } from '../support/errors.ts'

const users = `/chatgroups/${GROUP}/users`

const members: Row[] = [
  {
    ...{ title: 'already in', path: `${users}/a` },
    ...{ status: 403, error: 'forbidden_op' },
    text: `can not join this group, reason:user: a already in group: ${GROUP}\n`,
  },
  {
    ...{ title: 'all already in', path: users, body: { usernames: ['a', 'o'] } },
    ...{ status: 403, error: 'forbidden_op' },
    text: `can not join this group, reason:user: a already in group: ${GROUP}\n`,
  },
  {
    ...{ title: 'unknown', path: users, body: { usernames: ['x', 'no'] } },
    ...{ status: 404, error: 'resource_not_found', text: "username no doesn't exist!" },
  },
  {
    ...{ title: 'group full', path: users, body: { usernames: ['x', 'y'] } },
    ...{ status: 403, error: 'exceed_limit', text: 'members size is greater than max user size !' },
  },
  {
    ...{ title: 'more than 60', path: users, body: { usernames: many(61) } },
    ...{ status: 403, error: 'exceed_limit', text: 'members size is greater than max user size !' },
  },
  {
    ...{ title: 'too many groups of a user', path: `${users}/x`, options: { quota: { groupsPerUser: 1 } } },
    body: undefined,
    ...{ status: 403, error: 'exceed_limit', text: 'user x has joined too many groups!' },
  },
  {
    ...{ title: 'removing a stranger', method: 'DELETE', path: `${users}/x` },
    ...{ status: 403, error: 'forbidden_op', text: 'users [x] are not members of this group!' },
  },
  {
    ...{ title: 'removing strangers', method: 'DELETE', path: `${users}/x,y` },
    ...{ status: 403, error: 'forbidden_op', text: 'users [x, y] are not members of this group!' },
  },
  {
    ...{ title: 'removing the owner', method: 'DELETE', path: `${users}/o` },
    ...{ status: 403, error: 'forbidden_op', text: 'forbidden operation on group owner!' },
  },
  {
    ...{ title: 'removing more than 60', method: 'DELETE', path: `${users}/${many(61).join(',')}` },
    ...{
      status: 400,
      error: 'invalid_parameter',
      text: 'kickMember: kickMembers number more than maxSize : 60',
    },
  },
  {
    ...{ title: 'a stranger for admin', path: `/chatgroups/${GROUP}/admin`, body: { newadmin: 'x' } },
    ...{ status: 404, error: 'resource_not_found', text: `user: x doesn't exist in group: ${GROUP}` },
  },
  {
    ...{ title: 'an admin who is none', method: 'DELETE', path: `/chatgroups/${GROUP}/admin/a` },
    ...{ status: 403, error: 'forbidden_op', text: `user:a is not admin of group:${GROUP}` },
  },
  {
    ...{ title: 'blocking a stranger', path: `/chatgroups/${GROUP}/blocks/users/x` },
    ...{ status: 403, error: 'forbidden_op', text: 'users [x] are not members of this group!' },
  },
  {
    ...{ title: 'blocking the owner', path: `/chatgroups/${GROUP}/blocks/users/o` },
    ...{ status: 403, error: 'forbidden_op', text: 'forbidden operation on group owner!' },
  },
]

checkErrors('members', members)
