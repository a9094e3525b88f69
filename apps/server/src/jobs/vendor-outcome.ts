import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type EasemobErrorCode } from '@easemob-gateway/easemob'

const refusals: ReadonlySet<EasemobErrorCode> = new Set([
  'not_found',
  'already_exists',
  'invalid',
  'forbidden',
  'unauthorized',
  'app_not_found',
  'full',
  'plan_limit',
  'not_sent',
])

/**
 * Whether a write may have reached the vendor although it failed here. Only what the vendor has clearly refused, or
 * what has provably never been sent, has not happened; all else must be settled before anyone relies on either.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof GatewayError) return false
  if (!(error instanceof EasemobError)) return true
  return !refusals.has(error.code) && !(error.code === 'circuit_open' && error.attempts === 0)
}

/** Whether the vendor said that the thing is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'not_found'
}
