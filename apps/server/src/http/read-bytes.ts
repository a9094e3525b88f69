import { GatewayError } from '@easemob-gateway/contracts'
import type { HonoRequest } from 'hono'

/** The largest body that is accepted, in bytes. */
export const bodyLimit = 1024 * 1024
// A client reads the error response only after it has sent its body, so a body that is too large is read up to this limit.
const drainLimit = 16 * bodyLimit

/**
 * Reads a request's body; later reads through `request` return the same bytes.
 * @throws GatewayError PAYLOAD_TOO_LARGE past 1 MiB
 */
export async function readBytes(request: HonoRequest): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(request.header('content-length') ?? Number.NaN)
  if (declared <= bodyLimit) return new Uint8Array(await request.arrayBuffer())
  const { body } = request.raw
  if (!body) return new Uint8Array()
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    length += piece.length
    if (length <= bodyLimit) pieces.push(piece)
    else pieces.length = 0
    if (length > drainLimit) break
  }
  if (length > bodyLimit) throw new GatewayError('PAYLOAD_TOO_LARGE', { values: { limit: bodyLimit } })
  const bytes = Uint8Array.from(Buffer.concat(pieces))
  // Hono stores a promise here, although the type declares the value.
  Object.assign(request.bodyCache, { arrayBuffer: Promise.resolve(bytes.buffer) })
  return bytes
}
