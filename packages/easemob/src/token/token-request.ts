import { isObject } from '../http/read.ts'
import type { Settings } from '../settings.ts'
import type { FreshToken } from './token-source.ts'

/** What to assume when the vendor names no life (`ttl: 0` means for ever); a 401 corrects it. */
const UNNAMED_LIFE_MS = 3_600_000

/** `POST /token` with the client's credentials (vendor documentation, "Get an app token"). */
export function tokenRequest({ root, clientId, clientSecret }: Settings) {
  return {
    path: `${root}/token`,
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    read: readToken,
  }
}

/** `expires_in` is in seconds, and no more than a hint. */
export function readToken(json: unknown): FreshToken | undefined {
  if (!isObject(json)) return undefined
  const { access_token: value, expires_in: seconds } = json
  if (typeof value !== 'string' || value === '') return undefined
  const life = Number(seconds)
  return { value, lifeMs: life > 0 && Number.isFinite(life) ? life * 1000 : UNNAMED_LIFE_MS }
}
