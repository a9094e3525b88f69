import { Pool } from 'undici'
import { z } from 'zod'
import type { Settings } from './settings.ts'

const tokenAnswer = z.object({ access_token: z.string() })

/** Calls of the vendor through a bare pool. */
export interface BareVendor {
  /** A token as the pool's user keeps it. */
  token(): Promise<string>
  call(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }>
}

/** @param keepsToken false: every call of `token` is an exchange, as in the old gateway */
export function createBareVendor(settings: Settings, keepsToken: boolean): BareVendor {
  const pool = new Pool(settings.vendorUrl, { connections: 64 })
  const base = `/${settings.appKey.replace('#', '/')}`
  let kept: Promise<string> | undefined
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
      if (!keepsToken) return exchange()
      kept ??= exchange()
      return kept
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
