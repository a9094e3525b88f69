import type { GatewayError } from '@easemob-gateway/contracts'
import type { Incoming } from './procedure.ts'

/** Headers that both faces set: the limits, when to come back, and that nobody may keep the answer. */
export function answerHeaders(
  { allowance }: Incoming,
  error: GatewayError | undefined,
): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (allowance) {
    headers['x-ratelimit-limit'] = String(allowance.limit)
    headers['x-ratelimit-remaining'] = String(allowance.remaining)
  }
  if (error?.details.retryAfter !== undefined) headers['retry-after'] = String(error.details.retryAfter)
  if (error?.key === 'METHOD_NOT_ALLOWED') headers['allow'] = String(error.details.values?.['allow'] ?? '')
  return headers
}
