import { Hono, type MiddlewareHandler } from 'hono'
import type { AppEnv } from './incoming.ts'

const cacheMs = 1000

/** What the health pages need. */
export interface Health {
  isDatabaseReachable(): Promise<boolean>
  isVendorReachable(): Promise<boolean>
  /** The exposition text of the metrics and its content type. */
  metricsText(): Promise<{ type: string; body: string }>
}

/** `/healthz`, `/readyz` and `/metrics`: open to everyone, so they contain nothing about users. */
export function healthPages(health: Health, headers: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  let checked: { at: number; result: Promise<Record<string, boolean>> } | undefined
  const check = () => {
    // Cached, so that frequent probes do not load the database and the vendor.
    if (!checked || Date.now() - checked.at > cacheMs) checked = { at: Date.now(), result: reach(health) }
    return checked.result
  }
  return new Hono<AppEnv>()

    .get('/healthz', headers, c => c.json({ status: 'ok' }))

    .get('/readyz', headers, async c => {
      const reachable = await check()
      const missing = Object.entries(reachable).flatMap(([name, up]) => (up ? [] : [name]))
      return missing.length === 0
        ? c.json({ status: 'ready', ...reachable })
        : c.json({ status: 'unavailable', missing, ...reachable }, 503)
    })

    .get('/metrics', headers, async () => {
      const { type, body } = await health.metricsText()
      return new Response(body, { headers: { 'content-type': type } })
    })
}

async function reach(health: Health): Promise<Record<string, boolean>> {
  const [database, vendor] = await Promise.all([health.isDatabaseReachable(), health.isVendorReachable()])
  return { database, vendor }
}
