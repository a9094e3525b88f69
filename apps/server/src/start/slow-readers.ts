import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Destroys the connections of clients that do not read their responses: those whose write buffer has not been empty for
 * `timeoutMs`, even if some bytes were read meanwhile. Node has no timeout for that.
 *
 * @param everyMs ms between two checks
 */
export function destroySlowReaders(server: Server, timeoutMs: number, everyMs: number): void {
  const waitingSince = new Map<Socket, number | null>()
  server.on('connection', socket => {
    waitingSince.set(socket, null)
    socket.once('close', () => waitingSince.delete(socket))
  })
  const checking = setInterval(() => {
    const now = performance.now()
    for (const [socket, since] of waitingSince) {
      if (socket.writableLength === 0) waitingSince.set(socket, null)
      else if (since === null) waitingSince.set(socket, now)
      else if (now - since > timeoutMs) socket.destroy()
    }
  }, everyMs).unref()
  server.once('close', () => clearInterval(checking))
}
