import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The user or app that a token belongs to, and its lifetime. */
export interface Claims {
  readonly kind: 'app' | 'user'
  /** username of a user token, '' for an app token */
  readonly name: string
  /** sequence number of the user, so that tokens of a deleted user do not work for a new user of the same name */
  readonly seq: number
  /** ms since the epoch; 0: never */
  readonly expires: number
  /** tokens of an older generation than the state's are revoked */
  readonly generation: number
}

const PREFIX = 'ac-'
const MAC_LENGTH = 22
const MAX_CACHED = 1000

/**
 * Issues and reads access tokens. A token contains its claims and a MAC keyed by the app's credentials, so tokens need not be stored and stay
 * valid after a restart.
 */
export class Tokens {
  readonly #key: Buffer
  readonly #cache = new Map<string, Claims>()

  constructor(appKey: string, clientId: string, clientSecret: string) {
    this.#key = createHash('sha256')
      .update(JSON.stringify([appKey, clientId, clientSecret]))
      .digest()
  }

  issue(claims: Claims): string {
    const { kind, name, seq, expires, generation } = claims
    const payload = JSON.stringify([
      kind,
      name,
      seq,
      expires,
      generation,
      randomBytes(6).toString('base64url'),
    ])
    return Buffer.from(`${PREFIX}${this.#mac(payload)}${payload}`).toString('base64url')
  }

  /** The claims of a token; `corrupt` when it is no token, `unknown` when it was issued for another app or other credentials. */
  read(token: string): Claims | 'corrupt' | 'unknown' {
    const cached = this.#cache.get(token)
    if (cached !== undefined) return cached
    const text = Buffer.from(token, 'base64url').toString()
    if (!text.startsWith(PREFIX)) return 'corrupt'
    const payload = text.slice(PREFIX.length + MAC_LENGTH)
    const mac = Buffer.from(text.slice(PREFIX.length, PREFIX.length + MAC_LENGTH))
    const expected = Buffer.from(this.#mac(payload))
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return 'unknown'
    const claims = parseClaims(payload)
    if (claims === undefined) return 'corrupt'
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear()
    this.#cache.set(token, claims)
    return claims
  }

  #mac(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('base64url').slice(0, MAC_LENGTH)
  }
}

function parseClaims(payload: string): Claims | undefined {
  const fields: unknown = JSON.parse(payload)
  if (!Array.isArray(fields)) return undefined
  const [kind, name, seq, expires, generation]: unknown[] = fields
  if (kind !== 'app' && kind !== 'user') return undefined
  if (typeof name !== 'string' || typeof seq !== 'number') return undefined
  if (typeof expires !== 'number' || typeof generation !== 'number') return undefined
  return { kind, name, seq, expires, generation }
}
