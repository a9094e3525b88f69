import type { EasemobError } from '../errors.ts'

/** What a resource (users, groups, messages) wants sent, and how it reads the answer. */
export type VendorRequest<T> = {
  path: string
  /** Sent as JSON. */
  body?: unknown
  /** Slots of the limit class that the call uses up. Default 1. */
  cost?: number
  /** Texts that must not appear in errors or events, such as passwords. */
  secrets?: readonly string[]
  /** Reads the parsed answer; undefined when it is not what the vendor documents. */
  read: (json: unknown) => T | undefined
  /**
   * Called with a refusal when an earlier attempt of the call lost its answer and may have been carried out. A value ends the call with success;
   * undefined leaves the refusal as it is.
   */
  afterLostAnswer?: (refusal: EasemobError) => T | undefined
}

/** For deletions, as `afterLostAnswer`: "not found" after a lost answer means that the earlier attempt deleted it. */
export function goneIsDone(refusal: EasemobError): null | undefined {
  return refusal.code === 'not_found' ? null : undefined
}
