/**
 * What went wrong, as a literal that callers can switch on.
 *
 * | code | meaning | was anything done? |
 * |---|---|---|
 * | `not_found` | `subject` says what is missing: a user, a group, a member | no |
 * | `already_exists` | the user, group, member or owner is there already | no |
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
 * | `circuit_open` | the host failed so often that it is left alone for `retryAfterMs` | no |
 * | `aborted` | the caller's signal | unknown, if it was under way |
 * | `deadline` | the call's own deadline passed | unknown, if it was under way |
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

/** What a `not_found`, `already_exists` or `forbidden` is about, where the vendor says so. */
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
  /** The name or id the vendor's text points at, e.g. the unknown username. */
  subjectName?: string | undefined
  /** How many attempts were sent or tried (0: none). */
  attempts?: number | undefined
  /** Milliseconds after which another try makes sense, when known. */
  retryAfterMs?: number | undefined
  /** `x-request-id` of the answer, for the vendor's support. */
  requestId?: string | undefined
  /** Message ids of the groups that were already sent to when a later chunk failed (`messages.sendText`). */
  partial?: Readonly<Record<string, string>> | undefined
  cause?: unknown
}

/**
 * The one error class of this package. Never holds a token, a password or a client secret.
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
    this.retryAfterMs = fields.retryAfterMs
    this.requestId = fields.requestId
    this.partial = fields.partial
  }
}

/**
 * A call that must not be repeated blindly (create a group, send a message) went out, and no readable answer came back:
 * it may or may not have been carried out. `cause` is the error of the attempt. Look before trying again.
 * Such a call that ends with any other error was not carried out: trying it again is safe.
 *
 * @example
 * if (error instanceof OutcomeUnknown) await settleLater(groupId)
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

/** The fields of an error, to make another one from. */
export function fieldsOf(error: EasemobError): EasemobErrorFields {
  const { code, operation, status, vendorError, description, subject, subjectName } = error
  const { attempts, retryAfterMs, requestId, partial, cause } = error
  return {
    ...{ code, operation, status, vendorError, description, subject, subjectName },
    ...{ attempts, retryAfterMs, requestId, partial, cause },
  }
}
