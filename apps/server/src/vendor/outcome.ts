import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type EasemobErrorCode, OutcomeUnknown } from '@easemob-gateway/easemob'

/** The vendor has looked at the write and will not have it, now or later. */
const verdicts: ReadonlySet<EasemobErrorCode> = new Set([
  'not_found',
  'already_exists',
  'invalid',
  'forbidden',
  'full',
  'plan_limit',
])

/** A call that answers 401 has been sent once more with a fresh token. */
const attemptsOf401 = 2

/** Whether the vendor has decided against a write; that holds for earlier attempts, whose answers were lost, too. */
export function isVerdict(error: unknown): boolean {
  if (error instanceof GatewayError) return true
  return error instanceof EasemobError && verdicts.has(error.code)
}

/**
 * Whether a write may have reached the vendor although it failed here. Only what the vendor has clearly refused, or
 * what has provably never been sent, has not happened; all else must be settled before anyone relies on either.
 * It tells of this call only: where an earlier one is in doubt, ask {@link isVerdict}.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (isVerdict(error)) return false
  if (!(error instanceof EasemobError)) return true
  const { code, attempts } = error
  if (code === 'circuit_open') return attempts > 0
  if (code === 'unauthorized' || code === 'app_not_found') return attempts > attemptsOf401
  return code !== 'not_sent'
}

/**
 * A step that follows one which has been done, or may have been: that it could not be sent refuses nothing, so the
 * whole is in doubt.
 * @throws OutcomeUnknown in place of what would say that nothing has happened; a verdict of the vendor as it is
 */
export async function followUp<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    throw error instanceof EasemobError && !isVerdict(error) ? inDoubt(error) : error
  }
}

/** The same failure, told as what it is after an earlier call that may have been carried out. */
export function inDoubt(error: unknown): unknown {
  return error instanceof EasemobError && !mayHaveHappened(error) ? new OutcomeUnknown(error) : error
}

/** Whether the vendor said that the thing is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'not_found'
}

/** Whether the vendor said that the thing is there, or is so, already. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'already_exists'
}
