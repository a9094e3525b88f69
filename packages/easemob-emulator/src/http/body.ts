import type { IncomingMessage } from 'node:http'

/** Largest request body, in bytes. */
export const BODY_LIMIT = 1024 * 1024

/** The result of reading a body beyond the limit. */
export const TOO_LARGE = Symbol('body too large')
/** A request body, or the mark that it is too large. */
export type Body = string | typeof TOO_LARGE

/** The connection is closed when a body is larger than this many bytes. */
const MAX_DRAINED = 32 * BODY_LIMIT

/**
 * Reads a body to its end. A body beyond the limit is read, too, because a client that is still sending does not read the refusal.
 *
 * @returns undefined when the client closed the connection
 */
export function readBody(request: IncomingMessage): Promise<Body | undefined> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_LIMIT) chunks.push(chunk)
      else chunks.length = 0
      if (size > MAX_DRAINED) request.destroy()
    })
    request.on('end', () => resolve(size > BODY_LIMIT ? TOO_LARGE : Buffer.concat(chunks).toString()))
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}

/** Whether a request announces a body. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
