import type { GatewayError } from '@easemob-gateway/contracts'
import type { Incoming } from '../invoke/call.ts'
import type { Json } from './json.ts'

/** Headers of every answer of every face and page. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const

/** Once seen over TLS, never again without; said only behind a proxy that ends TLS. */
export const transportSecurity = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
} as const

/**
 * An answer of the REST or the tRPC face, with the headers both have: the request's id, the limits, when to come back,
 * and that nobody may keep it.
 *
 * @param body null for none
 * @param headers those of the face; they win
 */
export function answer(
  incoming: Incoming,
  status: number,
  body: Json | ReadableStream | null,
  headers: Readonly<Record<string, string>>,
  error?: GatewayError,
): Response {
  // One plain object: the server writes it as it stands, where Headers would be built, walked and copied.
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
