/**
 * What went wrong, as a literal to switch on. `vendor/error-table.ts` maps the vendor's documented errors to these codes.
 *
 * | code | meaning | was anything done? |
 * |---|---|---|
 * | `not_found` | `subject` says what is missing: a user, a group, a member | no |
 * | `already_exists` | the user, group, member or owner exists already | no |
 * | `invalid` | the vendor refuses the input (400, 405, 413, 415) | no |
 * | `forbidden` | not allowed by a rule of the vendor (403) | no |
 * | `unauthorized` | credentials refused, also after a fresh token (401) | no |
 * | `app_not_found` | no such org or app at this host | no |
 * | `conflict` | edited by someone else at the same moment (409) | no |
 * | `full` | the group has no room left | no |
 * | `plan_limit` | the plan of the app key is used up; never retried | no |
 * | `rate_limited` | too many calls or messages; try again after `retryAfterMs` | no |
 * | `unavailable` | the vendor failed (5xx) or the connection broke, also after retries | unknown |
 * | `timeout` | no answer in time, also after retries | unknown |
 * | `malformed` | the answer was not the vendor's JSON (gateway page, empty body) | unknown |
 * | `not_sent` | no attempt ever reached the server, or the client is closed | no |
 * | `circuit_open` | the host failed so often that calls are held back for `retryAfterMs` | no |
 * | `aborted` | the call's signal was aborted | unknown, if it was in flight |
 * | `deadline` | the call's own deadline passed | unknown, if it was in flight |
 * | `outcome_unknown` | see {@link OutcomeUnknown} | unknown |
 */
export type EasemobErrorCode =
  | 'not_found'
  | 'already_exists'
  | 'invalid'
  | 'forbidden'
  | 'unauthorized'
  | 'app_not_found'
  | 'conflict'
  | 'full'
  | 'plan_limit'
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'malformed'
  | 'not_sent'
  | 'circuit_open'
  | 'aborted'
  | 'deadline'
  | 'outcome_unknown'

/** What a `not_found`, `already_exists` or `forbidden` is about, where the vendor's answer says so. */
export type ErrorSubject = 'user' | 'group' | 'member' | 'owner' | 'file'

/** The fields of an {@link EasemobError}. */
export type EasemobErrorFields = {
  code: EasemobErrorCode
  /** The operation as it appears in events, e.g. `users.get`. */
  operation: string
  /** HTTP status of the last answer, when there was one. */
  status?: number | undefined
  /** The vendor's `error` field, e.g. `service_resource_not_found`. */
  vendorError?: string | undefined
  /** The vendor's `error_description`, secrets removed, at most 500 characters. */
  description?: string | undefined
  subject?: ErrorSubject | undefined
  /** The username or id in the vendor's text, e.g. the unknown user. */
  subjectName?: string | undefined
  /** How many attempts were sent or tried (0: none). */
  attempts?: number | undefined
  /** The last attempt failed clearly, but an earlier one of the same call, whose answer was lost, may have been carried out. Absent: no. */
  earlierInDoubt?: boolean | undefined
  /** Milliseconds after which another try makes sense, when known. */
  retryAfterMs?: number | undefined
  /** `x-request-id` of the answer, for the vendor's support. */
  requestId?: string | undefined
  /** Message id by group id, of the groups that got the message before a later call failed (`messages.sendText`). */
  partial?: Readonly<Record<string, string>> | undefined
  cause?: unknown
}

/**
 * The error class of this package; every method throws it or its subclass {@link OutcomeUnknown}. Never holds a token, a password or a client
 * secret.
 *
 * @example
 * try {
 *   await easemob.users.get('1')
 * } catch (error) {
 *   if (error instanceof EasemobError && error.code === 'not_found') return null
 *   throw error
 * }
 */
export class EasemobError extends Error {
  readonly code: EasemobErrorCode
  readonly operation: string
  readonly status: number | undefined
  readonly vendorError: string | undefined
  readonly description: string | undefined
  readonly subject: ErrorSubject | undefined
  readonly subjectName: string | undefined
  readonly attempts: number
  readonly earlierInDoubt: boolean
  readonly retryAfterMs: number | undefined
  readonly requestId: string | undefined
  readonly partial: Readonly<Record<string, string>> | undefined

  constructor(message: string, fields: EasemobErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.name = 'EasemobError'
    this.code = fields.code
    this.operation = fields.operation
    this.status = fields.status
    this.vendorError = fields.vendorError
    this.description = fields.description
    this.subject = fields.subject
    this.subjectName = fields.subjectName
    this.attempts = fields.attempts ?? 0
    this.earlierInDoubt = fields.earlierInDoubt ?? false
    this.retryAfterMs = fields.retryAfterMs
    this.requestId = fields.requestId
    this.partial = fields.partial
  }
}

/**
 * The outcome of a call that is not idempotent (create a group, send a message) is unknown: the request was sent, and no readable answer came back.
 * Check the result before sending it again; `cause` is the error of the attempt.
 * When such a call ends with any other error, it was not carried out and may be sent again.
 *
 * @example
 * if (error instanceof OutcomeUnknown) await checkLater(groupId)
 */
export class OutcomeUnknown extends EasemobError {
  constructor(cause: EasemobError, partial?: Readonly<Record<string, string>>) {
    super(
      `${cause.operation}: it is not known whether the vendor carried this out (${cause.code}). ` +
        'Look for the result before trying again.',
      { ...fieldsOf(cause), code: 'outcome_unknown', partial, cause },
    )
    this.name = 'OutcomeUnknown'
  }
}

/** The fields of an error, for creating a changed copy. */
export function fieldsOf(error: EasemobError): EasemobErrorFields {
  const { code, operation, status, vendorError, description, subject, subjectName } = error
  const { attempts, earlierInDoubt, retryAfterMs, requestId, partial, cause } = error
  return {
    ...{ code, operation, status, vendorError, description, subject, subjectName },
    ...{ attempts, earlierInDoubt, retryAfterMs, requestId, partial, cause },
  }
}
