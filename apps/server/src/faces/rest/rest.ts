import type { GatewayError } from '@easemob-gateway/contracts'
import { Hono, type HonoRequest } from 'hono'
import { answerHeaders } from '../answer-headers.ts'
import { toGatewayError } from '../errors.ts'
import { type AppEnv, incomingOf } from '../incoming.ts'
import type { Incoming, Invoke } from '../procedure.ts'
import { readBytes } from '../read-bytes.ts'
import { gather, readBody } from './body.ts'
import { decode } from './decode.ts'
import { type Encoded, encodeError, encodeSuccess } from './encode.ts'
import { match } from './routes.ts'

/** Both places where the legacy callers look. */
export const restBases = ['/easemob', '/api/v2/easemob'] as const

/** The REST face: every operation with a route, at both bases. */
export function restFace(invoke: Invoke): Hono<AppEnv> {
  const app = new Hono<AppEnv>()

  async function answer(request: HonoRequest, path: string, incoming: Incoming): Promise<Encoded> {
    const { method } = request
    const { target, parameters } = match(method, path)
    const bytes = method === 'GET' || method === 'HEAD' ? new Uint8Array() : await readBytes(request)
    const header = (name: string) => request.header(name)
    const input = decode(target, {
      path: parameters,
      body: await readBody(bytes, header('content-type')),
      query: gather(new URL(request.url).searchParams),
      header,
    })
    return encodeSuccess(target.route, await invoke(target, incoming, input))
  }

  for (const base of restBases)
    app.all(`${base}/*`, async c => {
      const incoming = incomingOf(c, 'rest')
      const path = c.req.path.slice(base.length)
      let encoded: Encoded
      let error: GatewayError | undefined
      try {
        encoded = await answer(c.req, path, incoming)
      } catch (caught) {
        error = toGatewayError(caught)
        encoded = encodeError(error, incoming.language)
      }
      const headers = answerHeaders(incoming, error)
      if (encoded.body === null) return c.body(null, 204, headers)
      return new Response(encoded.body, {
        status: encoded.status,
        headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      })
    })
  return app
}
