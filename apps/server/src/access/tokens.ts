import { createSecretKey, hash } from 'node:crypto'
import { GatewayError } from '@easemob-gateway/contracts'
import { decodeProtectedHeader, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Env } from '../env.ts'
import type { Claimant } from './actor.ts'
import { createKeySet } from './key-set.ts'

/** Verifies the tokens that the app issues. */
export interface Tokens {
  /**
   * Whom a token names: a verified one is remembered for a minute at most, and never past its end.
   * @throws GatewayError UNAUTHENTICATED for anything that is not a valid token, UNAVAILABLE when the key set cannot be read
   */
  verify(token: string): Claimant | Promise<Claimant>
}

const adminScope = 'easemob:admin'
const leewaySeconds = 60
const rememberedAtMost = 20_000
const rememberedMs = 60_000
const longestToken = 8192

/**
 * HS256 with the shared secret; RS256 and ES256 with the key set, where one is configured. Each algorithm is pinned to
 * its own kind of key: a key set's public key is never a secret, and `none` is nothing.
 */
export function createTokens(
  env: Pick<Env, 'jwtSecret' | 'jwksUrl' | 'jwtIssuer' | 'jwtAudience' | 'adminUserIds'>,
): Tokens {
  const secret = env.jwtSecret === null ? null : createSecretKey(Buffer.from(env.jwtSecret))
  const keySet = env.jwksUrl === null ? null : createKeySet(env.jwksUrl)
  const remembered = new LRUCache<string, Claimant>({ max: rememberedAtMost, ttl: rememberedMs })
  const rules: JWTVerifyOptions = {
    clockTolerance: leewaySeconds,
    requiredClaims: ['exp', 'sub'],
    ...(env.jwtIssuer === null ? {} : { issuer: env.jwtIssuer }),
    ...(env.jwtAudience === null ? {} : { audience: env.jwtAudience }),
  }

  async function payloadOf(token: string): Promise<JWTPayload> {
    const { alg } = decodeProtectedHeader(token)
    if (alg === 'HS256' && secret)
      return (await jwtVerify(token, secret, { ...rules, algorithms: ['HS256'] })).payload
    if ((alg === 'RS256' || alg === 'ES256') && keySet)
      return (await jwtVerify(token, keySet, { ...rules, algorithms: [alg] })).payload
    throw new Error(`alg ${String(alg).slice(0, 16)} is not accepted`)
  }

  async function check(token: string, digest: string): Promise<Claimant> {
    try {
      const payload = await payloadOf(token)
      const claimant = claimantOf(payload, env.adminUserIds)
      const left = (payload.exp ?? 0) * 1000 - Date.now() + leewaySeconds * 1000
      if (left > 0) remembered.set(digest, claimant, { ttl: Math.min(rememberedMs, left) })
      return claimant
    } catch (cause) {
      throw cause instanceof GatewayError ? cause : new GatewayError('UNAUTHENTICATED', { cause })
    }
  }

  return {
    verify(token) {
      if (token.length > longestToken)
        throw new GatewayError('UNAUTHENTICATED', { cause: 'the token is too long' })
      const digest = hash('sha256', token, 'base64')
      return remembered.get(digest) ?? check(token, digest)
    },
  }
}

function claimantOf(payload: JWTPayload, admins: ReadonlySet<string>): Claimant {
  const now = Date.now() / 1000
  if (payload.iat !== undefined && payload.iat > now + leewaySeconds)
    throw new Error('iat lies in the future')
  // jose types sub as a string; the app's tokens carry a number as well.
  const sub: unknown = payload['sub']
  const id = String(sub)
  if (
    (typeof sub !== 'string' && typeof sub !== 'number') ||
    !/^[1-9]\d{0,15}$/.test(id) ||
    !Number.isSafeInteger(Number(id))
  )
    throw new Error('sub is not a positive integer')
  return { id, admin: admins.has(id) || scopes(payload['scope']).includes(adminScope) }
}

function scopes(scope: unknown): unknown[] {
  if (Array.isArray(scope)) return scope
  return typeof scope === 'string' ? scope.split(' ') : []
}
