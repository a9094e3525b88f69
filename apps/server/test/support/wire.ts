import { request } from 'node:http'
import type { Gateway } from './harness.ts'

/** An answer as it came. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
}

/** What goes out beyond method and path. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** The caller's user id; none: not signed in. */
  readonly as?: number | string
  readonly admin?: boolean
}

/** Sends a request as it is written, with no header added but the token's: what a legacy caller puts on the wire. */
export async function send(gateway: Gateway, line: string, sending: Sending = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const claims = { sub: String(sending.as), ...(sending.admin ? { scope: 'easemob:admin' } : {}) }
  const token = sending.as === undefined ? {} : { authorization: `Bearer ${await gateway.token(claims)}` }
  const length =
    sending.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sending.body)) }
  return new Promise((resolve, reject) => {
    const headers = { ...token, ...length, ...sending.headers }
    const outgoing = request(new URL(gateway.url).origin, { method, path, headers }, incoming => {
      const pieces: Buffer[] = []
      incoming.on('data', piece => pieces.push(piece))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parse(text) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(sending.body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A field of a JSON object; undefined where there is none. */
export function field(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
