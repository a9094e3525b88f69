import { GatewayError } from '@easemob-gateway/contracts'
import { createRemoteJWKSet, customFetch, errors, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

const retrySeconds = 5
const keysShape = z.object({ keys: z.array(z.looseObject({})) })

/**
 * The issuer's public keys: kept for ten minutes, read again for a key id nobody has heard of, at most every 30 s. A set
 * that cannot be read is left alone for 5 s, whatever tokens come in, so that nobody can make us hammer it.
 *
 * @throws GatewayError UNAVAILABLE when the set cannot be read: that says nothing of the token, and 401 would make every
 * phone sign in anew
 */
export function createKeySet(url: string): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(new URL(url), { [customFetch]: restingAfterFailures() })
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

function restingAfterFailures(): FetchImplementation {
  let failure: unknown
  let restingUntil = 0
  return async (url, options) => {
    if (Date.now() < restingUntil) throw failure
    try {
      const response = await fetch(url, options)
      if (response.status !== 200) throw new Error(`the key set answered ${response.status}`)
      return Response.json(keysShape.parse(await response.json()))
    } catch (error) {
      failure = error
      restingUntil = Date.now() + retrySeconds * 1000
      throw error
    }
  }
}
