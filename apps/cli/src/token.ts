import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { wrongUsage } from './failure.ts'

/** What a token is made of. */
export interface TokenRequest {
  /** The HS256 secret the gateway checks with. */
  readonly secret: string
  readonly user: string
  readonly admin: boolean
  /** Seconds. */
  readonly ttl: number
  readonly now: Date
  /** What the gateway's `JWT_ISSUER` asks for, if it does. */
  readonly issuer?: string | undefined
  /** What the gateway's `JWT_AUDIENCE` asks for, if it does. */
  readonly audience?: string | undefined
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/**
 * Reads a lifetime such as `90s`, `15m`, `1h` or `7d`, in seconds.
 * @throws CliFailure (wrong usage) for anything else
 */
export function ttlSeconds(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const seconds = Number(amount) * (units[unit] ?? 0)
  if (seconds > 0) return seconds
  throw wrongUsage('--ttl cannot be read', `"${text}" is no lifetime`, 'Write 30s, 15m, 1h or 7d.')
}

/**
 * Makes a JWT as the app's own server would: HS256, the user id as `sub`, and the scope `easemob:admin` for an administrator.
 * @example await makeToken({ secret, user: '1', admin: false, ttl: 3600, now: new Date() })
 */
export async function makeToken(request: TokenRequest): Promise<{ token: string; expires_at: string }> {
  const { secret, user, admin, ttl, now, issuer, audience } = request
  const issued = Math.floor(now.getTime() / 1000)
  const claims = { ...(audience && { aud: audience }), ...(admin && { scope: 'easemob:admin' }) }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer ?? 'easemob-cli')
    .setSubject(user)
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setNotBefore(issued)
    .setExpirationTime(issued + ttl)
    .sign(new TextEncoder().encode(secret))
  return { token, expires_at: new Date((issued + ttl) * 1000).toISOString() }
}
