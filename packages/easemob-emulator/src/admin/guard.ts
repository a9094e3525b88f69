import type { MiddlewareHandler } from 'hono'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether only this machine can reach a server bound to `host`. */
export const isLoopback = (host: string): boolean =>
  host === '::1' || host.startsWith('127.') || LOOPBACK.has(host)

/**
 * Refuses calls that web pages make to the admin endpoints: a browser sends an Origin with cross-site calls, and a foreign Host when a page's
 * domain was re-pointed to this machine (DNS rebinding).
 */
export const guard =
  (boundTo: string): MiddlewareHandler =>
  async (context, next) => {
    if (context.req.header('origin') !== undefined) {
      return context.json(
        { error: 'calls that carry an Origin header are refused; call from outside a browser' },
        403,
      )
    }
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase()
    if (isLoopback(boundTo) && !isLoopback(host)) {
      return context.json({ error: `unknown host ${host}; call the emulator by the address it printed` }, 403)
    }
    await next()
    return undefined
  }
