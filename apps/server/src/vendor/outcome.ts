import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type EasemobErrorCode, OutcomeUnknown } from '@easemob-gateway/easemob'

/** Codes by which the vendor refuses a write, now and on every retry. */
const finalCodes: ReadonlySet<EasemobErrorCode> = new Set([
  'not_found',
  'already_exists',
  'invalid',
  'forbidden',
  'full',
  'plan_limit',
])

/** The client repeats a call once with a new token after a 401. */
const attemptsOf401 = 2

/**
 * Whether an error is a final refusal of the last attempt: a retry would be refused, too. An earlier attempt, whose answer
 * was lost, may have succeeded before the vendor had a reason to refuse.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof GatewayError) return true
  return error instanceof EasemobError && finalCodes.has(error.code)
}

/** Whether an error is a final refusal of the whole call: of its last attempt, with no earlier attempt in doubt. */
export function isFinal(error: unknown): boolean {
  return isRefusal(error) && !(error instanceof EasemobError && error.earlierInDoubt)
}

/**
 * Whether the vendor may have performed a write although the call failed. False when the vendor has refused it, or when it
 * was provably never sent; after any other error the write is in doubt.
 * Holds for this call only: an earlier call of the same write may have succeeded.
 */
export function mayHaveHappened(error: unknown): boolean {
  if (isFinal(error)) return false
  if (!(error instanceof EasemobError) || error.earlierInDoubt) return true
  const { code, attempts } = error
  if (code === 'circuit_open') return attempts > 0
  if (code === 'unauthorized' || code === 'app_not_found') return attempts > attemptsOf401
  return code !== 'not_sent'
}

/**
 * Runs a step that follows one that has succeeded or may have. If this step was never sent, the write as a whole is still
 * in doubt.
 * @throws OutcomeUnknown instead of an error that proves that nothing was sent; a final refusal unchanged
 */
export async function followUp<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    throw error instanceof EasemobError && !isFinal(error) ? inDoubt(error) : error
  }
}

/** Marks a failure as in doubt, because an earlier call may have been performed. */
export function inDoubt(error: unknown): unknown {
  return error instanceof EasemobError && !mayHaveHappened(error) ? new OutcomeUnknown(error) : error
}

/** Marks the failure of a call that follows one in doubt: a refusal does not end the write before the vendor has been asked. */
export function afterDoubt(error: unknown): unknown {
  if (!(error instanceof EasemobError)) return error
  return new EasemobError(error.message, { ...error, earlierInDoubt: true, cause: error })
}

/** Marks a failure to ask about a write that is in doubt: nothing is known of the write, whatever the failure was. */
export function asUnknown(error: unknown): unknown {
  return error instanceof EasemobError ? new OutcomeUnknown(error) : error
}

/** Whether the vendor has answered that the user, group or member does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'not_found'
}

/** Whether the vendor has answered that the user, group or member exists already, or has the state that was to be set. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'already_exists'
}
