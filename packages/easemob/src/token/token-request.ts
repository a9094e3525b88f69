import { isObject } from '../http/read.ts'
import type { Settings } from '../settings.ts'
import type { FreshToken } from './token-source.ts'

/** Assumed lifetime of a token when the answer states none (`ttl: 0` means unlimited). If it is shorter, a 401 leads to a new token. */
const DEFAULT_LIFETIME_MS = 3_600_000

/** `POST /token` with the client's credentials (vendor documentation, "Get an app token"). */
export function tokenRequest({ root, clientId, clientSecret }: Settings) {
  return {
    path: `${root}/token`,
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    read: readToken,
  }
}

/** Reads a token answer. `expires_in` is in seconds; the vendor may revoke the token earlier. */
export function readToken(json: unknown): FreshToken | undefined {
  if (!isObject(json)) return undefined
  const { access_token: value, expires_in: seconds } = json
  if (typeof value !== 'string' || value === '') return undefined
  const life = Number(seconds)
  return { value, lifeMs: life > 0 && Number.isFinite(life) ? life * 1000 : DEFAULT_LIFETIME_MS }
}
