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
   * Verifies a token and returns whom it names. The result is cached for a minute, but not past the token's expiry.
   * @throws GatewayError UNAUTHENTICATED for an invalid token, UNAVAILABLE when the key set cannot be fetched
   */
  verify(token: string): Claimant | Promise<Claimant>
}

const adminScope = 'easemob:admin'
const leewaySeconds = 60
const maxCached = 20_000
const cacheTtlMs = 60_000
const maxTokenLength = 8192

/**
 * Accepts HS256 with the shared secret, and RS256 and ES256 with the key set, as far as they are configured. Each algorithm
 * is verified with its own type of key only, so that a public key is never used as an HS256 secret, and `none` is refused.
 */
export function createTokens(
  env: Pick<Env, 'jwtSecret' | 'jwksUrl' | 'jwtIssuer' | 'jwtAudience' | 'adminUserIds'>,
): Tokens {
  const secret = env.jwtSecret === null ? null : createSecretKey(Buffer.from(env.jwtSecret))
  const keySet = env.jwksUrl === null ? null : createKeySet(env.jwksUrl)
  const cache = new LRUCache<string, Claimant>({ max: maxCached, ttl: cacheTtlMs })
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
      if (left > 0) cache.set(digest, claimant, { ttl: Math.min(cacheTtlMs, left) })
      return claimant
    } catch (cause) {
      throw cause instanceof GatewayError ? cause : new GatewayError('UNAUTHENTICATED', { cause })
    }
  }

  return {
    verify(token) {
      if (token.length > maxTokenLength)
        throw new GatewayError('UNAUTHENTICATED', { cause: 'the token is too long' })
      const digest = hash('sha256', token, 'base64')
      return cache.get(digest) ?? check(token, digest)
    },
  }
}

function claimantOf(payload: JWTPayload, admins: ReadonlySet<string>): Claimant {
  const now = Date.now() / 1000
  if (payload.iat !== undefined && payload.iat > now + leewaySeconds)
    throw new Error('iat lies in the future')
  // jose declares `sub` as a string, but the app also issues tokens with a number.
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
