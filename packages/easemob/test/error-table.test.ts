import { describe, expect, it } from 'vitest'
import type { Easemob, EasemobErrorCode, ErrorSubject } from '../src/index.ts'
import { rejection } from './support/rejection.ts'
import { scriptedVendor, vendorError } from './support/scripted-vendor.ts'

type Row = [
  status: number,
  error: string,
  text: string,
  code: EasemobErrorCode,
  subject?: ErrorSubject,
  name?: string,
]

const TOKENS: Row[] = [
  [400, 'illegal_argument', 'client_id must be provided.', 'invalid'],
  [400, 'illegal_argument', 'client_secret must be provided', 'invalid'],
  [400, 'invalid_grant', 'client_id does not match', 'unauthorized'],
  [400, 'invalid_grant', 'client_secret does not match', 'unauthorized'],
  [400, 'invalid_grant', 'invalid password', 'unauthorized', 'user'],
  [400, 'invalid_grant', 'invalid username or password', 'unauthorized', 'user'],
  [400, 'invalid_grant', 'user not activated', 'forbidden', 'user'],
  [400, 'illegal_argument', 'username [X] is not legal', 'invalid', 'user', 'X'],
  [400, 'illegal_argument', 'USERNAME_TOO_LONG', 'invalid'],
  [404, 'invalid_grant', 'user not found', 'not_found', 'user'],
  [404, 'entity_not_found', 'User null not found', 'not_found', 'user'],
  [
    404,
    'organization_application_not_found',
    'Could not find application for o/a from URI: o/a/token',
    'app_not_found',
  ],
  [409, 'concurrent_operation_error', 'concurrency create app user failed', 'conflict'],
  [
    429,
    'resource_limited',
    'You have exceeded the limit of the community edition,Please upgrade',
    'plan_limit',
  ],
]

const UNIQUE = 'requires that property named username be unique, value of u1 exists'
const USERS: Row[] = [
  [
    400,
    'duplicate_unique_property_exists',
    `Application null Entity user ${UNIQUE}`,
    'already_exists',
    'user',
    'u1',
  ],
  [
    400,
    'duplicate_unique_property_exists',
    `Application 1-2Entity user ${UNIQUE}`,
    'already_exists',
    'user',
    'u1',
  ],
  [
    400,
    'duplicate_unique_property_exists',
    'the same user u1 has a different password, the passwords are a, b',
    'invalid',
    'user',
    'u1',
  ],
  [400, 'illegal_argument', 'username u#1 is not legal', 'invalid', 'user', 'u#1'],
  [400, 'illegal_argument', 'NICKNAME_TOO_LONG', 'invalid'],
  [400, 'illegal_argument', 'password or pin must provided', 'invalid'],
  [400, 'illegal_argument', 'Entity user requires a property named username', 'invalid'],
  [
    400,
    'illegal_argument',
    'Request body array size[61] had almost reached or been greater than the upper range value[60]',
    'invalid',
  ],
  [400, 'illegal_argument', 'newpassword is required', 'invalid'],
  [400, 'illegal_argument', 'request body exceeds maximum limit, maximum limit is 100', 'invalid'],
  [400, 'required_property_not_found', 'Entity user requires a property named username', 'not_found', 'user'],
  [400, 'management', 'User with id null does not exist in app X', 'not_found', 'user'],
  [404, 'service_resource_not_found', 'Service resource not found', 'not_found', 'user'],
]

const GROUPS: Row[] = [
  [400, 'invalid_parameter', 'group must contain public field!', 'invalid'],
  [400, 'invalid_parameter', 'some of [groupid] are not valid fields', 'invalid'],
  [400, 'invalid_parameter', 'kickMember: kickMembers number more than maxSize : 60', 'invalid'],
  [400, 'illegal_argument', 'group ID 123 already exists!', 'already_exists', 'group', '123'],
  [400, 'illegal_argument', "group member u1 doesn't exist", 'not_found', 'user', 'u1'],
  [403, 'exceed_limit', 'appKey:o#a has create too many groups!', 'plan_limit'],
  [403, 'forbidden_op', 'this appKey has create too many groups/chatrooms!', 'plan_limit'],
  [403, 'exceed_limit', 'user u1 has joined too many groups!', 'plan_limit', 'user', 'u1'],
  [
    403,
    'forbidden_op',
    'can not join this group, reason：user u1 has joined too many groups/chatroom!',
    'plan_limit',
    'user',
    'u1',
  ],
  [403, 'exceed_limit', 'members size is greater than max user size !', 'full', 'group'],
  [403, 'group_name_violation', 'X is violation, please change it.', 'invalid'],
  [403, 'group_announce_violation', 'X is violation, please change it.', 'invalid'],
  [
    403,
    'forbidden_op',
    'current user count is larger than the maxUsers that you want to update !',
    'invalid',
  ],
  [403, 'forbidden_op', "user: u1 doesn't exist in group: 1", 'not_found', 'member', 'u1'],
  [403, 'forbidden_op', 'new owner and old owner are the same', 'already_exists', 'owner'],
  [
    403,
    'forbidden_op',
    'can not join this group, reason:user: u1 already in group: 1\n',
    'already_exists',
    'member',
    'u1',
  ],
  [
    403,
    'forbidden_op',
    'an not join this group, reason:user: u1 already in group: 1\n',
    'already_exists',
    'member',
    'u1',
  ],
  [403, 'forbidden_op', 'users [u1] are not members of this group!', 'not_found', 'member', 'u1'],
  [403, 'forbidden_op', 'forbidden operation on group owner!', 'forbidden', 'owner'],
  [403, 'forbidden_op', 'user:u1 is not admin of group:1', 'not_found', 'member', 'u1'],
  [404, 'service_resource_not_found', 'do not find this group:1', 'not_found', 'group', '1'],
  [404, 'resource_not_found', 'grpID 1 does not exist!', 'not_found', 'group', '1'],
  [404, 'resource_not_found', "username u1 doesn't exist!", 'not_found', 'user', 'u1'],
  [404, 'resource_not_found', "user: u1 doesn't exist in group: 1", 'not_found', 'member', 'u1'],
]

const MESSAGES: Row[] = [
  [400, 'invalid_request_body', 'Request body is invalid. Please check body is correct.', 'invalid'],
  [400, 'message_send_error', "param from can't be empty", 'invalid'],
  [400, 'message_send_error', "params to's size can't exceed limit 3", 'invalid'],
  [400, 'message_send_error', 'message is too large', 'invalid'],
  [400, 'illegal_argument', "target_type can only be 'users' or 'chatgroups' or 'chatrooms'", 'invalid'],
  [403, 'message_send_error', 'message send reach limit', 'rate_limited'],
  [403, 'message_send_error', 'Forbidden for url: [https://h/o/a/messages]', 'forbidden'],
]

const ANY: Row[] = [
  ...[
    'Unable to authenticate (OAuth)',
    'Unable to authenticate due to expired access token',
    'token is illegal.',
  ].map((text): Row => [401, 'unauthorized', text, 'unauthorized']),
  [401, 'unauthorized', "Open registration doesn't allow, so register user need token,", 'unauthorized'],
  [401, 'unauthorized', 'registration is not open, please contact the app admin', 'unauthorized'],
  [401, 'unauthorized', 'Subject does not have permission [applications:get:1:/users/2]', 'unauthorized'],
  [401, 'unauthorized', 'No organization access authorized', 'unauthorized'],
  [401, 'auth_bad_access_token', 'Unable to authenticate due to corrupt access token', 'unauthorized'],
  [401, 'auth_bad_access_token', 'Unable to authenticate', 'unauthorized'],
  [401, 'group_authorization', 'token is blank!', 'unauthorized'],
  [404, 'storage_object_not_found', 'Failed to find chat message history download url', 'not_found', 'file'],
  [404, 'something_new', 'never seen', 'not_found'],
  [400, 'json_parse', "Unexpected character ('=' (code 61))", 'invalid'],
  [403, 'forbidden_service_operation', 'Service operation not allowed', 'forbidden'],
  [403, 'group_error', 'anything', 'forbidden'],
  [405, '', '', 'invalid'],
  [408, '', '', 'timeout'],
  [409, 'metadata_error', 'x', 'conflict'],
  [413, 'Request Entity Too Large', '', 'invalid'],
  [415, 'web_application', 'Unsupported Media Type', 'invalid'],
  [418, 'teapot', 'x', 'invalid'],
  [429, 'reach_limit', 'This request has reached api limit.', 'rate_limited'],
  [
    429,
    'resource_limited',
    'You have exceeded the limit of the Free edition. Please upgrade to higher edition.',
    'plan_limit',
  ],
  [500, 'no_full_text_index', 'x', 'unavailable'],
  [500, 'unsupported_service_operation', 'Service operation not supported', 'invalid'],
  [500, 'web_application', 'javax.ws.rs.WebApplicationException', 'unavailable'],
  ...[501, 502, 503, 504].map((status): Row => [status, '', '', 'unavailable']),
]

const CALL = (easemob: Easemob) => easemob.groups.update('1', { name: 'x' })

describe.each([
  ['tokens', TOKENS],
  ['users', USERS],
  ['groups', GROUPS],
  ['messages', MESSAGES],
  ['any endpoint', ANY],
])('errors of %s', (_, rows) => {
  it.each(rows)('%d %s "%s" is %s', async (status, error, text, code, subject, name) => {
    await using vendor = await scriptedVendor(vendorError(status, error, text), { maxAttempts: 1 })
    const thrown = await rejection(CALL(vendor.easemob))
    expect(thrown).toMatchObject({ code, status, operation: 'groups.update' })
    expect({ subject: thrown.subject, name: thrown.subjectName }).toEqual({ subject, name })
    expect(thrown.vendorError ?? '').toBe(error)
  })
})

describe('answers that are not the vendor’s JSON', () => {
  const html = { text: '<html>hello</html>', headers: { 'content-type': 'text/html' } }
  it.each([
    [{ ...html, status: 404 }, 'malformed'],
    [{ ...html, status: 403 }, 'malformed'],
    [{ ...html, status: 302 }, 'malformed'],
    [{ ...html, status: 200 }, 'malformed'],
    [{ text: '', status: 200 }, 'malformed'],
    [{ text: '{"entities":[', status: 200 }, 'malformed'],
    [{ text: '[]', status: 200 }, 'malformed'],
    [{ ...html, status: 413 }, 'invalid'],
    [{ ...html, status: 401 }, 'unauthorized'],
    [{ ...html, status: 429 }, 'rate_limited'],
    [{ ...html, status: 503 }, 'unavailable'],
    [{ text: '', status: 500 }, 'unavailable'],
  ] as const)('%j is %s', async (answer, code) => {
    await using vendor = await scriptedVendor(answer, { maxAttempts: 1 })
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error).toMatchObject({ code, status: answer.status })
    expect(error.message).not.toContain('hello')
  })

  it('are not read beyond the size limit', async () => {
    const endless = { text: `{"data":"${'x'.repeat(5_000)}"}` }
    await using vendor = await scriptedVendor(endless, { maxBodyBytes: 1_000 })
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error.code).toBe('malformed')
    expect(error.message).toContain('maxBodyBytes')
  })
})
