import { Hono, type MiddlewareHandler } from 'hono'
import type { AppEnv } from './incoming.ts'

const believedMs = 1000

/** What the health pages ask. */
export interface Health {
  isDatabaseReachable(): Promise<boolean>
  isVendorReachable(): Promise<boolean>
  /** The exposition text of the metrics and its content type. */
  metricsText(): Promise<{ type: string; body: string }>
}

/** Whether the process lives, whether it can work, and its metrics. Open to everyone, telling nothing of anyone. */
export function healthPages(health: Health, headers: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  let checked: { at: number; result: Promise<Record<string, boolean>> } | undefined
  const check = () => {
    // Probes must not become a load of their own.
    if (!checked || Date.now() - checked.at > believedMs) checked = { at: Date.now(), result: reach(health) }
    return checked.result
  }
  return new Hono<AppEnv>()

    .get('/healthz', headers, c => c.json({ status: 'ok' }))

    .get('/readyz', headers, async c => {
      const reached = await check()
      const missing = Object.entries(reached).flatMap(([name, up]) => (up ? [] : [name]))
      return missing.length === 0
        ? c.json({ status: 'ready', ...reached })
        : c.json({ status: 'unavailable', missing, ...reached }, 503)
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
