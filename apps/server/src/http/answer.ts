import type { GatewayError } from '@easemob-gateway/contracts'
import type { Incoming } from '../invoke/call.ts'
import type { Json } from './json.ts'

/** The headers of every response of both adapters and of every page. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const

/** Makes browsers use TLS only; sent when a trusted proxy says that the request came over TLS. */
export const transportSecurity = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
} as const

/**
 * Makes a response of the REST or the tRPC adapter with their common headers: the request's id, the limits, `Retry-After`,
 * and `Cache-Control: no-store`.
 *
 * @param body null for none
 * @param headers those of the adapter, which override the common ones
 * @param error the error that the body reports, for `Retry-After`, `Allow` and the exhausted limit
 */
export function answer(
  incoming: Incoming,
  status: number,
  body: Json | ReadableStream | null,
  headers: Readonly<Record<string, string>>,
  error?: GatewayError,
): Response {
  // A plain object: the server writes it directly, whereas `Headers` would be built, iterated and copied.
  return new Response(body, { status, headers: Object.assign(commonHeaders(incoming, error), headers) })
}

function commonHeaders(
  { requestId, allowance, secure }: Incoming,
  error: GatewayError | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {
    ...securityHeaders,
    'cache-control': 'no-store',
    'x-request-id': requestId,
  }
  if (secure) Object.assign(headers, transportSecurity)
  const spent = error?.key === 'RATE_LIMITED' ? error.details.values?.['limit'] : undefined
  const limits = spent === undefined ? allowance : { limit: spent, remaining: 0 }
  if (limits) {
    headers['x-ratelimit-limit'] = String(limits.limit)
    headers['x-ratelimit-remaining'] = String(limits.remaining)
  }
  if (error?.details.retryAfter !== undefined) headers['retry-after'] = String(error.details.retryAfter)
  if (error?.key === 'METHOD_NOT_ALLOWED') headers['allow'] = String(error.details.values?.['allow'] ?? '')
  return headers
}
