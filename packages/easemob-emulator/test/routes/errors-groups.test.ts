import { checkErrors, GROUP, long, many, type Row } from '../support/errors.ts'

const noGroup = (method: string, path: string, body?: unknown): Row => ({
  ...{ title: `${method} ${path}`, method, path, body },
  ...{ status: 404, error: 'resource_not_found', text: 'grpID 99 does not exist!' },
})

const groups: Row[] = [
  {
    ...{ title: 'no public', path: '/chatgroups', body: { owner: 'o' } },
    ...{ status: 400, error: 'invalid_parameter', text: 'group must contain public field!' },
  },
  {
    ...{ title: 'no owner', path: '/chatgroups', body: { public: true } },
    ...{ status: 400, error: 'invalid_parameter', text: 'owner must be provided' },
  },
  {
    ...{ title: 'long avatar', path: '/chatgroups', body: { public: true, owner: 'o', avatar: long(1025) } },
    ...{ status: 400, error: 'invalid_parameter', text: 'avatar length is too big' },
  },
  {
    ...{ title: 'unknown owner', path: '/chatgroups', body: { public: true, owner: 'no' } },
    ...{ status: 404, error: 'resource_not_found', text: "username no doesn't exist!" },
  },
  {
    ...{
      title: 'unknown member',
      path: '/chatgroups',
      body: { public: true, owner: 'o', members: ['a', 'no'] },
    },
    ...{ status: 404, error: 'resource_not_found', text: "username no doesn't exist!" },
  },
  {
    ...{ title: 'more members than room', path: '/chatgroups' },
    body: { public: true, owner: 'o', members: ['a', 'x'], maxusers: 2 },
    ...{ status: 403, error: 'exceed_limit', text: 'members size is greater than max user size !' },
  },
  {
    ...{ title: 'used id', path: '/chatgroups', body: { public: true, owner: 'o', groupid: GROUP } },
    ...{ status: 400, error: 'illegal_argument', text: `group ID ${GROUP} already exists!` },
  },
  {
    ...{
      title: 'too many groups',
      path: '/chatgroups',
      body: { public: true, owner: 'o' },
      options: { quota: { groups: 1 } },
    },
    ...{ status: 403, error: 'exceed_limit', text: 'appKey:demo#app has create too many groups!' },
  },
  {
    ...{ title: 'too many groups of a user', path: '/chatgroups', body: { public: true, owner: 'o' } },
    options: { quota: { groupsPerUser: 1 } },
    ...{ status: 403, error: 'exceed_limit', text: 'user o has joined too many groups!' },
  },
  {
    ...{ title: 'details of a missing group', method: 'GET', path: '/chatgroups/99' },
    ...{ status: 404, error: 'service_resource_not_found', text: 'do not find this group:99' },
  },
  {
    ...{ title: 'members of a missing group', method: 'GET', path: '/chatgroups/99/users' },
    ...{ status: 404, error: 'service_resource_not_found', text: 'do not find this group:99' },
  },
  {
    ...{ title: 'more than 100 ids', method: 'GET', path: `/chatgroups/${many(101).join(',')}` },
    ...{ status: 400, error: 'invalid_parameter', text: /100/ },
  },
  noGroup('PUT', '/chatgroups/99', { groupname: 'n' }),
  noGroup('DELETE', '/chatgroups/99'),
  noGroup('POST', '/chatgroups/99/users', { usernames: ['a'] }),
  noGroup('DELETE', '/chatgroups/99/users/a'),
  noGroup('GET', '/chatgroups/99/admin'),
  noGroup('GET', '/chatgroups/99/mute'),
  noGroup('POST', '/chatgroups/99/ban'),
  noGroup('GET', '/chatgroups/99/blocks/users'),
  noGroup('GET', '/chatgroups/99/white/users'),
  noGroup('GET', '/chatgroups/99/announcement'),
  noGroup('POST', '/chatgroups/99/disable'),
  {
    ...{ title: 'unknown field', method: 'PUT', path: `/chatgroups/${GROUP}`, body: { groupid: '1' } },
    ...{ status: 400, error: 'invalid_parameter', text: 'some of [groupid] are not valid fields' },
  },
  {
    ...{
      title: 'less room than members',
      method: 'PUT',
      path: `/chatgroups/${GROUP}`,
      body: { maxusers: 1 },
    },
    ...{ status: 403, error: 'forbidden_op' },
    text: 'current user count is larger than the maxUsers that you want to update !',
  },
  {
    ...{
      title: 'transfer to a stranger',
      method: 'PUT',
      path: `/chatgroups/${GROUP}`,
      body: { newowner: 'x' },
    },
    ...{ status: 403, error: 'forbidden_op', text: `user: x doesn't exist in group: ${GROUP}` },
  },
  {
    ...{
      title: 'transfer to the owner',
      method: 'PUT',
      path: `/chatgroups/${GROUP}`,
      body: { newowner: 'o' },
    },
    ...{ status: 403, error: 'forbidden_op', text: 'new owner and old owner are the same' },
  },
]

checkErrors('groups', groups)
