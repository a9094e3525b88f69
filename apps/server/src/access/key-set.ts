import { GatewayError } from '@easemob-gateway/contracts'
import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

const retrySeconds = 5
const keysShape = z.object({ keys: z.array(z.looseObject({})) })

/**
 * The issuer's public keys. The set is cached for ten minutes, and fetched again for an unknown key id, at most every 30 s.
 * After a failure it is not fetched for 5 s, so that nobody can flood the issuer with requests by sending tokens.
 *
 * @throws GatewayError UNAVAILABLE when the set cannot be fetched: the token may be valid, and a 401 would make every
 * phone sign in again
 */
export function createKeySet(url: string): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(new URL(url), { [customFetch]: pausingAfterFailure() })
  return async (header, token) => {
    try {
      return await keySet(header, token)
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys)
        throw cause
      throw new GatewayError('UNAVAILABLE', { retryAfter: retrySeconds, cause })
    }
  }
}

function pausingAfterFailure(): FetchImplementation {
  let failure: unknown
  let pausedUntil = 0
  return async (url, options) => {
    if (Date.now() < pausedUntil) throw failure
    try {
      const response = await fetch(url, options)
      if (response.status !== 200) throw new Error(`the key set answered ${response.status}`)
      return Response.json(keysShape.parse(await response.json()))
    } catch (error) {
      failure = error
      pausedUntil = Date.now() + retrySeconds * 1000
      throw error
    }
  }
}
