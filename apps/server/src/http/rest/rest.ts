import { Hono, type HonoRequest } from 'hono'
import type { Incoming, Invoke } from '../../invoke/call.ts'
import { toGatewayError } from '../../invoke/errors.ts'
import type { Limits } from '../../invoke/limits.ts'
import type { AppEnv, Receive } from '../incoming.ts'
import { readBytes } from '../read-bytes.ts'
import { type Fields, readBody, readPairs } from './body.ts'
import { decode } from './decode.ts'
import { encodeSuccess, refuse, reply } from './encode.ts'
import { type Match, match } from './routes.ts'

/** The base paths that legacy callers use. */
export const restBases = ['/easemob', '/api/v2/easemob'] as const

/** The REST adapter: serves every operation with a route, below both base paths. */
export function restAdapter(invoke: Invoke, limits: Limits, receive: Receive): Hono<AppEnv> {
  async function call(request: HonoRequest, path: string, incoming: Incoming): Promise<Response> {
    incoming.allowance = limits.address(incoming.address)
    const matched = match(request.method, path)
    // `invoke` reads the input after authentication, so that no body is read for those who may not call.
    const output = await invoke(matched.target, incoming, () => inputOf(request, matched))
    return reply(incoming, encodeSuccess(matched.target.route, output))
  }

  const app = new Hono<AppEnv>()
  for (const base of restBases)
    app.all(`${base}/*`, async c => {
      const incoming = receive(c, 'rest')
      try {
        return await call(c.req, c.req.path.slice(base.length), incoming)
      } catch (error) {
        return refuse(incoming, toGatewayError(error))
      }
    })
  return app
}

async function inputOf(request: HonoRequest, { target, parameters }: Match) {
  const bodiless = request.method === 'GET' || request.method === 'HEAD'
  const header = (name: string) => request.header(name)
  return decode(target, {
    path: parameters,
    body: bodiless ? nothing : await readBody(await readBytes(request), header('content-type')),
    query: queryOf(request.url),
    header,
  })
}

const nothing: Fields = new Map()

function queryOf(url: string): Fields {
  const at = url.indexOf('?')
  return at === -1 ? nothing : readPairs(url.slice(at + 1))
}
