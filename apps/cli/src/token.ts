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
export async function makeToken({ secret, user, admin, ttl, now }: TokenRequest) {
  const issued = Math.floor(now.getTime() / 1000)
  const token = await new SignJWT(admin ? { scope: 'easemob:admin' } : {})
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('easemob-cli')
    .setSubject(user)
    .setJti(randomUUID())
    .setIssuedAt(issued)
    .setNotBefore(issued)
    .setExpirationTime(issued + ttl)
    .sign(new TextEncoder().encode(secret))
  return { token, expires_at: new Date((issued + ttl) * 1000).toISOString() }
}
