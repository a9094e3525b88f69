import { z } from 'zod'
import { type Ask, ask } from './load.ts'
import type { Running } from './process.ts'

const tokenAnswer = z.object({ access_token: z.string() })
const base = '/demo/app'

/** A vendor call without the wrapper, which takes one round trip. */
export async function vendorAsk(vendor: Running, path: string): Promise<Ask> {
  const { text } = await ask(vendor.url, {
    method: 'POST',
    path: `${base}/token`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: 'bench-id',
      client_secret: 'bench-secret',
    }),
  })
  const { access_token } = tokenAnswer.parse(JSON.parse(text))
  return { path: base + path, headers: { authorization: `Bearer ${access_token}` } }
}
