import { Pool } from 'undici'
import { z } from 'zod'
import type { Settings } from './settings.ts'

const tokenAnswer = z.object({ access_token: z.string() })

/** Calls the vendor through a pool, without pace or retries. */
export interface BareVendor {
  /** The app token, cached or not. */
  token(): Promise<string>
  call(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }>
}

/** @param cachesToken false: every call of `token` fetches a new one, like the old gateway */
export function createBareVendor(settings: Settings, cachesToken: boolean): BareVendor {
  const pool = new Pool(settings.vendorUrl, { connections: 64 })
  const base = `/${settings.appKey.replace('#', '/')}`
  let cached: Promise<string> | undefined
  const exchange = async () => {
    const response = await pool.request({
      method: 'POST',
      path: `${base}/token`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
      }),
    })
    return tokenAnswer.parse(await response.body.json()).access_token
  }
  return {
    token() {
      if (!cachesToken) return exchange()
      cached ??= exchange()
      return cached
    },
    async call(method, path, token, body) {
      const response = await pool.request({
        method,
        path: base + path,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      })
      return { status: response.statusCode, body: await response.body.json() }
    },
  }
}
