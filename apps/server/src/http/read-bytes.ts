import { GatewayError } from '@easemob-gateway/contracts'
import type { HonoRequest } from 'hono'

/** The longest body that is taken, bytes. */
export const bodyLimit = 1024 * 1024
// A refused body is read to its end, so that the caller can read the answer; past this the connection may break.
const drainLimit = 16 * bodyLimit

/**
 * Reads a request's body; `request` gives the same bytes again to whoever asks it later.
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
  // Its type says the value, Hono keeps the promise of it.
  Object.assign(request.bodyCache, { arrayBuffer: Promise.resolve(bytes.buffer) })
  return bytes
}
