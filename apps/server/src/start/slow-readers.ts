import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Cuts off who does not fetch what is ready for them: a connection on which bytes have been waiting all the time for
 * longer than `longestMs`, whether none of them are taken or one now and then. Node has no limit of its own for that.
 *
 * @param everyMs between two looks
 */
export function cutSlowReaders(server: Server, longestMs: number, everyMs: number): void {
  const waitingSince = new Map<Socket, number | null>()
  server.on('connection', socket => {
    waitingSince.set(socket, null)
    socket.once('close', () => waitingSince.delete(socket))
  })
  const looking = setInterval(() => {
    const now = performance.now()
    for (const [socket, since] of waitingSince) {
      if (socket.writableLength === 0) waitingSince.set(socket, null)
      else if (since === null) waitingSince.set(socket, now)
      else if (now - since > longestMs) socket.destroy()
    }
  }, everyMs).unref()
  server.once('close', () => clearInterval(looking))
}
