import type { Caller } from '../call/caller.ts'
import { EasemobError } from '../errors.ts'
import type { CallOptions } from '../options.ts'
import { readToken } from '../token/token-request.ts'
import { OPERATIONS } from '../vendor/operations.ts'

/** Asks for a user token by password; a refusal that concerns the user means no. */
export async function verifyPassword(
  caller: Caller,
  username: string,
  password: string,
  options?: CallOptions,
): Promise<boolean> {
  const path = `${caller.settings.root}/token`
  const body = { grant_type: 'password', username, password }
  try {
    await caller.call(
      OPERATIONS.verifyPassword,
      { path, body, secrets: [password], read: readToken },
      options,
    )
    return true
  } catch (error) {
    if (error instanceof EasemobError && error.subject === 'user') return false
    throw error
  }
}
