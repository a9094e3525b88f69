import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type EasemobErrorCode } from '@easemob-gateway/easemob'
import { isDatabaseDown } from '../db/database-down.ts'

/** Codes after which a later retry may succeed: the vendor is down, slow or limiting, or its answer was lost. */
const temporary: ReadonlySet<EasemobErrorCode> = new Set([
  'rate_limited',
  'unavailable',
  'timeout',
  'not_sent',
  'circuit_open',
  'aborted',
  'deadline',
  'outcome_unknown',
  'conflict',
])
const misconfigured: ReadonlySet<EasemobErrorCode> = new Set(['unauthorized', 'app_not_found'])
const retryAfterSeconds = 5

/** Converts any error into one of the error table. An unknown one becomes INTERNAL, with the cause for the log only. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof EasemobError) return ofVendor(error)
  if (isDatabaseDown(error))
    return new GatewayError('UNAVAILABLE', { retryAfter: retryAfterSeconds, cause: error })
  return new GatewayError('INTERNAL', { cause: error })
}

function ofVendor(error: EasemobError): GatewayError {
  if (misconfigured.has(error.code)) return new GatewayError('NOT_CONFIGURED', { cause: error })
  if (!temporary.has(error.code)) return new GatewayError('VENDOR_REFUSED', { cause: error })
  const retryAfter = Math.max(1, Math.ceil((error.retryAfterMs ?? retryAfterSeconds * 1000) / 1000))
  return new GatewayError('VENDOR_UNAVAILABLE', { retryAfter, cause: error })
}
