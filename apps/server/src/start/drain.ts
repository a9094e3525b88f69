import type { Server, ServerResponse } from 'node:http'

/** Accepts no more requests, waits up to `timeoutMs` for those that run, and then destroys their connections. */
export type Drain = (timeoutMs: number) => Promise<void>

/**
 * Tracks a server's responses, so that it can be stopped while it is busy: each connection is closed after its current
 * response. A response that is still being written is an event stream, which would not end by itself: it is destroyed at
 * once, and its client reconnects.
 */
export function drainOf(server: Server): Drain {
  const open = new Set<ServerResponse>()
  function ended(this: ServerResponse): void {
    open.delete(this)
  }
  server.on('request', (_, response: ServerResponse) => void open.add(response.on('close', ended)))
  return timeoutMs =>
    new Promise(resolve => {
      const deadline = setTimeout(() => server.closeAllConnections(), timeoutMs)
      server.close(() => {
        clearTimeout(deadline)
        resolve()
      })
      server.closeIdleConnections()
      for (const response of open) {
        if (!response.headersSent) response.setHeader('connection', 'close')
        else if (response.writableEnded) response.once('finish', () => response.socket?.end())
        else response.destroy()
      }
    })
}
