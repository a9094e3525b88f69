import type { Server, ServerResponse } from 'node:http'

/** Takes no more requests and lets those that run finish, `timeoutMs` at most. */
export type Drain = (timeoutMs: number) => Promise<void>

/**
 * Makes a server that can be stopped while it is busy. Answers under way are the last on their connections. What is
 * sent piece by piece are event streams, which have no end of their own: they are cut at once, and their readers come
 * back to another process, or later.
 */
export function drainOf(server: Server): Drain {
  const open = new Set<ServerResponse>()
  function ended(this: ServerResponse): void {
    open.delete(this)
  }
  server.on('request', (_, response: ServerResponse) => void open.add(response.on('close', ended)))
  return timeoutMs =>
    new Promise(resolve => {
      const cut = setTimeout(() => server.closeAllConnections(), timeoutMs)
      server.close(() => {
        clearTimeout(cut)
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
