import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const claims = z.object({ sub: z.string(), exp: z.number() })
const rememberedAtMost = 20_000

/** The least work that checks an HS256 token: verified once, then cached until it expires. */
export function createTokenCheck(secret: string): (authorization: string | undefined) => string | null {
  const remembered = new Map<string, { sub: string; endsMs: number }>()
  return authorization => {
    if (!authorization?.startsWith('Bearer ')) return null
    const token = authorization.slice(7)
    const known = remembered.get(token)
    if (known) return known.endsMs > Date.now() ? known.sub : null
    const [head = '', body = '', signature = ''] = token.split('.')
    const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest()
    const given = Buffer.from(signature, 'base64url')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    const { sub, exp } = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
    if (exp * 1000 < Date.now()) return null
    if (remembered.size >= rememberedAtMost) remembered.clear()
    remembered.set(token, { sub, endsMs: exp * 1000 })
    return sub
  }
}
