import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type EasemobErrorCode, OutcomeUnknown } from '@easemob-gateway/easemob'

/** The vendor has looked at the write and refuses it, now and later. */
const finalCodes: ReadonlySet<EasemobErrorCode> = new Set([
  'not_found',
  'already_exists',
  'invalid',
  'forbidden',
  'full',
  'plan_limit',
])

/** A call that answers 401 has been sent once more with a fresh token. */
const attemptsOf401 = 2

/** Whether an error is a final refusal; that holds for earlier attempts, whose answers were lost, too. */
export function isFinal(error: unknown): boolean {
  if (error instanceof GatewayError) return true
  return error instanceof EasemobError && finalCodes.has(error.code)
}

/**
 * Whether a write may have reached the vendor although it failed here. Only what the vendor has clearly refused, or
 * what has provably never been sent, has not happened; everything else is in doubt until it is resolved.
 * It tells of this call only: where an earlier one is in doubt, ask {@link isFinal}.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (isFinal(error)) return false
  if (!(error instanceof EasemobError)) return true
  const { code, attempts } = error
  if (code === 'circuit_open') return attempts > 0
  if (code === 'unauthorized' || code === 'app_not_found') return attempts > attemptsOf401
  return code !== 'not_sent'
}

/**
 * Runs a step that follows one which has been done, or may have been. That the second step could not be sent refuses
 * nothing, so the whole is in doubt.
 * @throws OutcomeUnknown in place of an error that says nothing has happened; a final refusal as it is
 */
export async function followUp<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    throw error instanceof EasemobError && !isFinal(error) ? inDoubt(error) : error
  }
}

/** The same failure, marked as in doubt because an earlier call may have been carried out. */
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
