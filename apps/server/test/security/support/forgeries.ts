import { createHmac } from 'node:crypto'
import { exportSPKI, importJWK, type JWTPayload } from 'jose'
import { type SigningKey, signingKey } from './key-set.ts'

/** A token signed by hand: whatever header, claims and secret. An empty secret leaves the signature out. */
export function forge(header: object, claims: object, secret: string): string {
  const text = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = secret === '' ? '' : createHmac('sha256', secret).update(text).digest('base64url')
  return `${text}.${signature}`
}

/** What the gateway under attack takes as good. */
export interface Genuine {
  readonly jwtSecret: string
  readonly key: SigningKey
  readonly issuer: string
  readonly audience: string
}

/**
 * Tokens that are not to be believed, by what is wrong with them; null: none at all.
 * @param who whom they name: someone who would be let in
 */
export async function forgeries(genuine: Genuine, who: JWTPayload): Promise<Record<string, string | null>> {
  const { jwtSecret, key, issuer, audience } = genuine
  const now = Math.floor(Date.now() / 1000)
  const hs256 = { alg: 'HS256', typ: 'JWT' }
  const good: JWTPayload = { ...who, iss: issuer, aud: audience, exp: now + 3600 }
  const { exp: _, ...endless } = good
  const publicKey = await importJWK(key.jwk, key.alg, { extractable: true })
  if (publicKey instanceof Uint8Array) throw new Error('a public key is no secret')
  const pem = await exportSPKI(publicKey)
  const signed = forge(hs256, good, jwtSecret)
  const stranger = await signingKey('RS256', key.jwk.kid ?? '')
  const other = Buffer.from(JSON.stringify({ ...good, sub: '2' })).toString('base64url')
  return {
    'no token': null,
    'an empty token': '',
    malformed: 'not.a.token',
    'one part only': signed.split('.')[0] ?? '',
    expired: forge(hs256, { ...good, exp: now - 61 }, jwtSecret),
    'without an end': forge(hs256, endless, jwtSecret),
    'not yet valid': forge(hs256, { ...good, nbf: now + 7200 }, jwtSecret),
    'issued in the future': forge(hs256, { ...good, iat: now + 7200 }, jwtSecret),
    'alg none': forge({ alg: 'none' }, good, ''),
    'alg None, signed': forge({ alg: 'None' }, good, jwtSecret),
    'without an algorithm': forge({ typ: 'JWT' }, good, jwtSecret),
    'HS256 with the public key': forge(hs256, good, pem),
    'HS256 with the public key and its id': forge(
      { ...hs256, kid: key.jwk.kid },
      good,
      JSON.stringify(key.jwk),
    ),
    'RS256 in name, the secret in truth': forge({ alg: 'RS256', kid: key.jwk.kid }, good, jwtSecret),
    "RS256 with another's key of the same id": await stranger.sign(good),
    'a key that it brings along': forge({ ...hs256, jwk: { kty: 'oct', k: 'eA' } }, good, 'x'),
    'wrong secret': forge(hs256, good, 'x'.repeat(64)),
    'signature of another payload': signed.replace(/\.[^.]+\./, `.${other}.`),
    'wrong audience': forge(hs256, { ...good, aud: 'somewhere-else' }, jwtSecret),
    'wrong issuer': forge(hs256, { ...good, iss: 'someone-else' }, jwtSecret),
    'a subject that is no user id': forge(hs256, { ...good, sub: '1 or 1=1' }, jwtSecret),
    'longer than any token': `${signed}${'A'.repeat(9000)}`,
  }
}
