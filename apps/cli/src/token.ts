import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { wrongUsage } from './failure.ts'

/** The claims of a token and the secret that signs it. */
export interface TokenRequest {
  /** The HS256 secret that the gateway verifies tokens with. */
  readonly secret: string
  /** The user id, the `sub` claim. */
  readonly user: string
  readonly admin: boolean
  /** Seconds. */
  readonly ttl: number
  readonly now: Date
  /** The `iss` claim, for a gateway with `JWT_ISSUER`; default `easemob-cli`. */
  readonly issuer?: string | undefined
  /** The `aud` claim, for a gateway with `JWT_AUDIENCE`. */
  readonly audience?: string | undefined
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/**
 * Converts a lifetime such as `90s`, `15m`, `1h` or `7d` to seconds.
 * @throws CliFailure (wrong usage) for any other text
 * @example ttlSeconds('15m') // 900
 */
export function ttlSeconds(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const seconds = Number(amount) * (units[unit] ?? 0)
  if (seconds > 0) return seconds
  throw wrongUsage('--ttl cannot be read', `"${text}" is not a lifetime`, 'Write 30s, 15m, 1h or 7d.')
}

/**
 * Signs a JWT as the server of the app does: HS256, the user id as `sub`, and the scope `easemob:admin` for an administrator.
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
