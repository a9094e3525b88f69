import { checkErrors, long, many, type Row } from '../support/errors.ts'

const registration: Row[] = [
  {
    ...{ title: 'an existing name', path: '/users', body: { username: 'A', password: 'p' } },
    ...{ status: 400, error: 'duplicate_unique_property_exists' },
    text: /^Application [0-9a-f-]{36} Entity user requires that property named username be unique, value of a exists$/,
  },
  {
    ...{ title: 'none but existing names', path: '/users' },
    body: [
      { username: 'x', password: 'p' },
      { username: 'a', password: 'p' },
    ],
    ...{ status: 400, error: 'duplicate_unique_property_exists', text: /value of x exists$/ },
  },
  {
    ...{ title: 'one name with two passwords, neither shown', path: '/users' },
    body: [
      { username: 'n', password: 'first-one' },
      { username: 'n', password: 'second-one' },
    ],
    ...{ status: 400, error: 'duplicate_unique_property_exists' },
    text: /^the same user n has a different password, the passwords are (?!.*(first|second))/,
  },
  {
    ...{ title: 'an illegal name', path: '/users', body: { username: 'a b', password: 'p' } },
    ...{ status: 400, error: 'illegal_argument', text: 'username [a b] is not legal' },
  },
  {
    ...{ title: 'a letter that folds to ASCII', path: '/users', body: { username: '\u212A', password: 'p' } },
    ...{ status: 400, error: 'illegal_argument', text: 'username [\u212A] is not legal' },
  },
  {
    ...{ title: 'a long name', path: '/users', body: { username: long(65), password: 'p' } },
    ...{ status: 400, error: 'illegal_argument', text: 'USERNAME_TOO_LONG' },
  },
  {
    ...{
      title: 'a long nickname',
      path: '/users',
      body: { username: 'n', password: 'p', nickname: long(101) },
    },
    ...{ status: 400, error: 'illegal_argument', text: 'NICKNAME_TOO_LONG' },
  },
  {
    ...{ title: 'no password', path: '/users', body: { username: 'n' } },
    ...{ status: 400, error: 'illegal_argument', text: 'password or pin must provided' },
  },
  {
    ...{ title: 'an empty password', path: '/users', body: { username: 'n', password: '' } },
    ...{ status: 400, error: 'illegal_argument', text: 'password or pin must provided' },
  },
  {
    ...{ title: 'no name', path: '/users', body: { password: 'p' } },
    ...{ status: 400, error: 'illegal_argument', text: 'Entity user requires a property named username' },
  },
  {
    ...{
      title: 'more than 60',
      path: '/users',
      body: many(61).map(username => ({ username, password: 'p' })),
    },
    ...{ status: 400, error: 'illegal_argument' },
    text: 'Request body array size[61] had almost reached or been greater than the upper range value[60]',
  },
  {
    ...{
      title: 'a full plan',
      path: '/users',
      body: { username: 'n', password: 'p' },
      options: { quota: { users: 5 } },
    },
    ...{ status: 429, error: 'resource_limited' },
    text: 'You have exceeded the limit of the community edition,Please upgrade to the enterprise edition',
  },
]

const missing = (method: string, path: string, body?: unknown): Row => ({
  ...{ title: `${method} ${path}`, method, path, body },
  ...{ status: 404, error: 'service_resource_not_found', text: 'Service resource not found' },
})

const userCalls: Row[] = [
  missing('GET', '/users/no'),
  missing('PUT', '/users/no', { nickname: 'n' }),
  missing('DELETE', '/users/no'),
  missing('POST', '/users/no/deactivate'),
  missing('POST', '/users/no/activate'),
  missing('GET', '/users/no/disconnect'),
  missing('GET', '/users/no/joined_chatgroups'),
  missing('GET', '/users/no/offline_msg_count'),
  missing('GET', '/users/no/resources'),
  missing('POST', '/users/a/contacts/users/no'),
  missing('GET', '/users/no/contacts/users'),
  missing('GET', '/user/no/contacts'),
  missing('POST', '/users/a/blocks/users', { usernames: ['no'] }),
  missing('DELETE', '/users/a/blocks/users/no'),
  missing('GET', '/metadata/user/no'),
  missing('POST', '/mutes', { username: 'no', chat: 1 }),
  {
    ...{ title: 'password of nobody', method: 'PUT', path: '/users/no/password', body: { newpassword: 'p' } },
    ...{ status: 404, error: 'entity_not_found', text: 'User null not found' },
  },
  {
    ...{ title: 'no new password', method: 'PUT', path: '/users/a/password', body: {} },
    ...{ status: 400, error: 'illegal_argument', text: 'newpassword is required' },
  },
  {
    ...{ title: 'more than 100 statuses', path: '/users/batch/status', body: { usernames: many(101) } },
    ...{
      status: 400,
      error: 'illegal_argument',
      text: 'request body exceeds maximum limit, maximum limit is 100',
    },
  },
  {
    ...{
      title: 'remark on a stranger',
      method: 'PUT',
      path: '/user/a/contacts/users/x',
      body: { remark: 'r' },
    },
    ...{ status: 400, error: 'illegal_argument', text: /not a contact/ },
  },
]

checkErrors('registration', registration)
checkErrors('calls about a user', userCalls)
