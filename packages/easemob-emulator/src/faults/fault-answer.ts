import type { Reply } from '../http/reply.ts'
import { errorReply } from '../http/reply.ts'
import { VendorError } from '../http/vendor-error.ts'
import type { FaultRule } from './rule.ts'

/** An error as the vendor usually answers it. */
interface Usual {
  readonly status: number
  readonly code: string
  readonly text: string
}

/** A rule that names only a status or only a code gets the other from the first row that matches. */
const USUAL: readonly Usual[] = [
  { status: 400, code: 'illegal_argument', text: 'this is an invalid request.' },
  { status: 400, code: 'invalid_parameter', text: 'XX must be provided' },
  { status: 400, code: 'invalid_grant', text: 'invalid password' },
  { status: 400, code: 'json_parse', text: 'Unexpected character' },
  { status: 401, code: 'unauthorized', text: 'Unable to authenticate (OAuth)' },
  { status: 401, code: 'auth_bad_access_token', text: 'Unable to authenticate' },
  { status: 403, code: 'forbidden_op', text: 'Forbidden' },
  { status: 403, code: 'exceed_limit', text: 'members size is greater than max user size !' },
  { status: 403, code: 'message_send_error', text: 'message send reach limit' },
  { status: 403, code: 'forbidden_service_operation', text: 'Service operation not allowed' },
  { status: 404, code: 'service_resource_not_found', text: 'Service resource not found' },
  { status: 404, code: 'resource_not_found', text: 'resource not found' },
  { status: 404, code: 'entity_not_found', text: 'User null not found' },
  { status: 405, code: 'unsupported_service_operation', text: 'Service operation not supported' },
  { status: 408, code: 'request_timeout', text: 'Request Timeout' },
  { status: 409, code: 'concurrent_operation_error', text: 'concurrency create app user failed' },
  { status: 413, code: 'Request Entity Too Large', text: 'Request Entity Too Large' },
  { status: 415, code: 'web_application', text: 'Unsupported Media Type' },
  { status: 429, code: 'reach_limit', text: 'This request has reached api limit' },
  {
    status: 429,
    code: 'resource_limited',
    text: 'You have exceeded the limit of the community edition,Please upgrade to the enterprise edition',
  },
  { status: 500, code: 'no_full_text_index', text: 'Internal Server Error' },
  { status: 501, code: 'not_implemented', text: 'Not Implemented' },
  { status: 502, code: 'bad_gateway', text: 'Bad Gateway' },
  { status: 503, code: 'service_unavailable', text: 'Service Unavailable' },
  { status: 504, code: 'gateway_timeout', text: 'Gateway Timeout' },
]

/** The answer of a rule with a `status` or an `error`. */
export function faultReply(rule: FaultRule, at: number): Reply {
  if (rule.body !== undefined) {
    const contentType = rule.body.trimStart().startsWith('<') ? 'text/html' : 'application/json;charset=UTF-8'
    return {
      status: rule.status ?? 500,
      body: rule.body,
      headers: { 'content-type': contentType, ...rule.headers },
    }
  }
  const byCode = USUAL.find(({ code }) => code === rule.error)
  const status = rule.status ?? byCode?.status ?? 400
  const usual = byCode ?? USUAL.find(row => row.status === status)
  const code = rule.error ?? usual?.code ?? 'web_application'
  const error = new VendorError(status, code, rule.description ?? usual?.text ?? code, 'EmulatedFault')
  const reply = errorReply(error, at, 0)
  return rule.headers === undefined ? reply : { ...reply, headers: { ...reply.headers, ...rule.headers } }
}
