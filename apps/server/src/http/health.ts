import { Hono, type MiddlewareHandler } from 'hono'
import type { Services } from '../request.ts'
import { isDatabaseReachable, isVendorReachable } from '../system/reachability.ts'
import type { AppEnv } from './incoming.ts'

const believedMs = 1000

/** Whether we live, whether we can work, and what has been counted. Open to everyone, telling nothing of anyone. */
export function healthFace(services: Services, headers: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  let checked: { at: number; result: Promise<Record<string, boolean>> } | undefined
  const check = () => {
    // Probes must not become a load of their own.
    if (!checked || Date.now() - checked.at > believedMs)
      checked = { at: Date.now(), result: reach(services) }
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
      const { type, body } = await services.metrics.text()
      return new Response(body, { headers: { 'content-type': type } })
    })
}

async function reach(services: Services): Promise<Record<string, boolean>> {
  const [database, vendor] = await Promise.all([isDatabaseReachable(services), isVendorReachable(services)])
  return { database, vendor }
}
