import type { CallPipeline } from '../call/pipeline.ts'
import { EasemobError } from '../errors.ts'
import type { CallOptions } from '../options.ts'
import { readToken } from '../token/token-request.ts'
import { OPERATIONS } from '../vendor/operations.ts'

/** Implements `users.verifyPassword`: requests a user token by password. A refusal with the user as its subject means false. */
export async function verifyPassword(
  pipeline: CallPipeline,
  username: string,
  password: string,
  options?: CallOptions,
): Promise<boolean> {
  const path = `${pipeline.settings.root}/token`
  const body = { grant_type: 'password', username, password }
  try {
    await pipeline.call(
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
