import type { EasemobErrorCode, ErrorSubject } from '../errors.ts'

/**
 * One row of the vendor's error tables. A row matches when all its columns match; the first matching row decides.
 * A capture group called `name` in `text` yields the error's `subjectName`.
 */
export type ErrorRow = {
  status: number
  error?: string
  text?: RegExp
  code: EasemobErrorCode
  subject?: ErrorSubject
}

/** Rows by chapter of the vendor's documentation. Texts have changed over the years, so the patterns match what the versions have in common. */
export const ERROR_TABLE: readonly ErrorRow[] = [
  // Any endpoint
  { status: 404, error: 'organization_application_not_found', code: 'app_not_found' },
  { status: 429, error: 'resource_limited', code: 'plan_limit' },
  { status: 429, code: 'rate_limited' },
  { status: 401, code: 'unauthorized' },
  { status: 408, code: 'timeout' },
  { status: 409, code: 'conflict' },
  { status: 500, error: 'unsupported_service_operation', code: 'invalid' },

  // Tokens
  { status: 400, error: 'invalid_grant', text: /client_(id|secret) does not match/, code: 'unauthorized' },
  { status: 400, error: 'invalid_grant', text: /not activated/, code: 'forbidden', subject: 'user' },
  { status: 400, error: 'invalid_grant', code: 'unauthorized', subject: 'user' },
  { status: 404, error: 'invalid_grant', code: 'not_found', subject: 'user' },
  { status: 404, error: 'entity_not_found', code: 'not_found', subject: 'user' },

  // Users
  {
    status: 400,
    error: 'duplicate_unique_property_exists',
    text: /^the same user (?<name>\S+) has a different password/,
    code: 'invalid',
    subject: 'user',
  },
  {
    status: 400,
    error: 'duplicate_unique_property_exists',
    text: /value of (?<name>\S+) exists/,
    code: 'already_exists',
    subject: 'user',
  },
  { status: 400, error: 'duplicate_unique_property_exists', code: 'already_exists', subject: 'user' },
  { status: 400, text: /username \[?(?<name>[^\]]+?)\]? is not legal/, code: 'invalid', subject: 'user' },
  { status: 400, error: 'required_property_not_found', code: 'not_found', subject: 'user' },
  {
    status: 400,
    error: 'management',
    text: /^User with id .* does not exist/,
    code: 'not_found',
    subject: 'user',
  },
  {
    status: 404,
    error: 'service_resource_not_found',
    text: /this group:(?<name>\S+)/,
    code: 'not_found',
    subject: 'group',
  },
  { status: 404, error: 'service_resource_not_found', code: 'not_found', subject: 'user' },

  // Groups
  { status: 400, text: /group ID (?<name>\S+) already exists/, code: 'already_exists', subject: 'group' },
  { status: 400, text: /group member (?<name>\S+) doesn't exist/, code: 'not_found', subject: 'user' },
  { status: 403, text: /user:? (?<name>\S+) already in group/, code: 'already_exists', subject: 'member' },
  {
    status: 403,
    text: /user:? (?<name>\S+) has joined too many groups/,
    code: 'plan_limit',
    subject: 'user',
  },
  { status: 403, text: /has create too many groups/, code: 'plan_limit' },
  { status: 403, text: /members size is greater than max user size/, code: 'full', subject: 'group' },
  { status: 403, text: /larger than the maxUsers/, code: 'invalid' },
  { status: 403, text: /users? \[(?<name>[^\]]*)\] are not members/, code: 'not_found', subject: 'member' },
  { status: 403, text: /group owner/, code: 'forbidden', subject: 'owner' },
  { status: 403, text: /new owner and old owner are the same/, code: 'already_exists', subject: 'owner' },
  { status: 403, text: /user: ?(?<name>\S+) doesn't exist in group/, code: 'not_found', subject: 'member' },
  { status: 403, text: /user: ?(?<name>\S+) is not admin of group/, code: 'not_found', subject: 'member' },
  { status: 403, error: 'group_name_violation', code: 'invalid' },
  { status: 403, error: 'group_announce_violation', code: 'invalid' },
  { status: 404, text: /user: ?(?<name>\S+) doesn't exist in group/, code: 'not_found', subject: 'member' },
  { status: 404, text: /grpID (?<name>\S+) does not exist/, code: 'not_found', subject: 'group' },
  { status: 404, text: /username (?<name>\S+) doesn't exist/, code: 'not_found', subject: 'user' },
  { status: 404, error: 'storage_object_not_found', code: 'not_found', subject: 'file' },

  // Messages
  { status: 403, error: 'message_send_error', text: /reach limit/, code: 'rate_limited' },
]

/** The code of a status when no row matches. */
export function codeOfStatus(status: number): EasemobErrorCode {
  if (status >= 500) return 'unavailable'
  if (status === 404) return 'not_found'
  if (status === 402 || status === 403) return 'forbidden'
  return status >= 400 ? 'invalid' : 'malformed'
}
