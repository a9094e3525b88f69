import fc from 'fast-check'
import { operations } from './call-faces.ts'

/** A request before it has become bytes. */
export interface Shot {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  readonly who: string
}

/** Who calls: names of tokens, see the test. */
export const callers = ['owner', 'member', 'stranger', 'admin', 'nobody', 'deleted', 'forger'] as const

/** Who asks, owners and administrators most often: they get furthest. */
export const who = fc.constantFrom('owner', 'owner', 'admin', 'admin', ...callers)
export const methods = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
)
export const bases = fc.constantFrom('/easemob', '/api/v2/easemob')
export const paths = [...operations.keys()]
/** A value as a piece of a URL. */
export const encode = (value: unknown) => encodeURIComponent(text(value).toWellFormed())
/** A value as a field of a form. */
export const text = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Kinds of body that the gateway reads. */
export const kinds = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'multipart')
/** Where the caller's token goes when it is not to stand in the header. */
export const theToken = 'the-token-of-who-calls'
/** The request as bytes, framed rightly whatever it holds. */
export function bytesOf({ method, target, headers, body }: Shot, token: string | null): Buffer {
  const elsewhere = token === null || target.includes('token=')
  const own: (readonly [string, string])[] = elsewhere ? [] : [['authorization', `Bearer ${token}`]]
  const named = new Set(headers.map(([name]) => name))
  const all = [['host', 'gateway'] as const, ...own].filter(([name]) => !named.has(name))
  const length = body.length > 0 || method !== 'GET' ? [['content-length', String(body.length)] as const] : []
  const place = (text: string) => text.replaceAll(theToken, token ?? '')
  const lines = [...all, ...headers, ...length].map(([name, value]) => `${name}: ${place(value)}\r\n`)
  return Buffer.concat([Buffer.from(`${method} ${place(target)} HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}
