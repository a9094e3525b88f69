import { checkErrors, long, type Row } from '../support/errors.ts'

const CLIENT = { client_id: 'emulator-client-id', client_secret: 'emulator-client-secret' }

const tokens: Row[] = [
  {
    title: 'no grant',
    path: '/token',
    body: {},
    status: 400,
    error: 'illegal_argument',
    text: 'grant_type must be provided',
  },
  {
    ...{ title: 'no client id', path: '/token', body: { grant_type: 'client_credentials' } },
    ...{ status: 400, error: 'illegal_argument', text: 'client_id must be provided.' },
  },
  {
    ...{
      title: 'no client secret',
      path: '/token',
      body: { grant_type: 'client_credentials', client_id: 'x' },
    },
    ...{ status: 400, error: 'illegal_argument', text: 'client_secret must be provided' },
  },
  {
    ...{
      title: 'other client id',
      path: '/token',
      body: { grant_type: 'client_credentials', ...CLIENT, client_id: 'x' },
    },
    ...{ status: 400, error: 'invalid_grant', text: 'client_id does not match' },
  },
  {
    ...{ title: 'other client secret', path: '/token' },
    body: { grant_type: 'client_credentials', ...CLIENT, client_secret: 'x' },
    ...{ status: 400, error: 'invalid_grant', text: 'client_secret does not match' },
  },
  {
    ...{
      title: 'wrong password',
      path: '/token',
      body: { grant_type: 'password', username: 'a', password: 'x' },
    },
    ...{ status: 400, error: 'invalid_grant', text: 'invalid password' },
  },
  {
    ...{ title: 'deactivated user', path: '/token' },
    body: { grant_type: 'password', username: 'off', password: 'secret' },
    ...{ status: 400, error: 'invalid_grant', text: 'user not activated' },
  },
  {
    ...{
      title: 'unknown user',
      path: '/token',
      body: { grant_type: 'password', username: 'no', password: 'x' },
    },
    ...{ status: 404, error: 'invalid_grant', text: 'user not found' },
  },
  {
    ...{ title: 'inherit of nobody', path: '/token', body: { grant_type: 'inherit', username: 'no' } },
    ...{ status: 404, error: 'entity_not_found', text: 'User null not found' },
  },
  {
    ...{ title: 'inherit of an illegal name', path: '/token' },
    body: { grant_type: 'inherit', username: 'a#b', autoCreateUser: true },
    ...{ status: 400, error: 'illegal_argument', text: 'username [a#b] is not legal' },
  },
  {
    ...{ title: 'inherit of a long name', path: '/token' },
    body: { grant_type: 'inherit', username: long(65), autoCreateUser: true },
    ...{ status: 400, error: 'illegal_argument', text: 'USERNAME_TOO_LONG' },
  },
  {
    ...{ title: 'inherit without app token', path: '/token', token: undefined },
    body: { grant_type: 'inherit', username: 'a' },
    ...{ status: 401, error: 'unauthorized', text: 'Unable to authenticate (OAuth)' },
  },
]

const authentication: Row[] = [
  {
    ...{ title: 'no token', method: 'GET', path: '/users', token: undefined },
    ...{ status: 401, error: 'unauthorized', text: 'Unable to authenticate (OAuth)' },
  },
  {
    ...{ title: 'no token on chatgroups', method: 'GET', path: '/chatgroups', token: undefined },
    ...{ status: 401, error: 'group_authorization', text: 'token is blank!' },
  },
  {
    ...{
      title: 'no token and an unknown user: the token first',
      method: 'GET',
      path: '/users/no',
      token: undefined,
    },
    ...{ status: 401, error: 'unauthorized', text: 'Unable to authenticate (OAuth)' },
  },
  {
    ...{ title: 'rubbish for a token', method: 'GET', path: '/users', token: 'rubbish' },
    ...{
      status: 401,
      error: 'auth_bad_access_token',
      text: 'Unable to authenticate due to corrupt access token',
    },
  },
  {
    ...{ title: 'a token nobody gave', method: 'GET', path: '/users' },
    token: Buffer.from(`ac-${long(22)}["app","",0,0,0,""]`).toString('base64url'),
    ...{ status: 401, error: 'auth_bad_access_token', text: 'Unable to authenticate' },
  },
  {
    ...{ title: 'no token on registration', path: '/users', body: {}, token: undefined },
    ...{
      status: 401,
      error: 'unauthorized',
      text: "Open registration doesn't allow, so register user need token,",
    },
  },
]

checkErrors('tokens', tokens)
checkErrors('authentication', authentication)
