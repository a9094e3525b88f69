import fc from 'fast-check'
import { operations } from './call-faces.ts'
import { inputOf } from './fuzz-inputs.ts'
import { jsonTexts, texts, values } from './hostile.ts'

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

const who = fc.constantFrom('owner', 'owner', 'admin', 'admin', ...callers)
const methods = fc.constantFrom(
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
const bases = fc.constantFrom('/easemob', '/api/v2/easemob')
const paths = [...operations.keys()]
const encode = (value: unknown) => encodeURIComponent(text(value).toWellFormed())
const text = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const kinds = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'multipart')
const wrongTypes = fc.constantFrom(
  'text/plain',
  'application/json; charset=utf-16le',
  'application/json;charset=latin1',
  'application/jsonl',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=b',
  'application/octet-stream',
  'application/x-www-form-urlencoded; charset=gbk',
  '',
  ';;;',
)

function bodyOf(kind: string, input: Record<string, unknown>): [string, Buffer] {
  if (kind === 'application/json') return [kind, Buffer.from(JSON.stringify(input))]
  const entries = Object.entries(input)
  if (kind !== 'multipart')
    return [kind, Buffer.from(entries.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))]
  const parts = entries.map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text(value)}\r\n`,
  )
  return ['multipart/form-data; boundary=b', Buffer.from(`${parts.join('')}--b--\r\n`)]
}

const rest = fc.constantFrom(...paths.filter(path => operations.get(path)?.route)).chain(path =>
  fc
    .record({
      base: bases,
      input: inputOf(path),
      kind: kinds,
      who,
      method: methods,
      odd: fc.nat(9),
      slash: fc.nat(5),
    })
    .map(({ base, input, kind, who, method, odd, slash }): Shot => {
      const route = operations.get(path)?.route ?? { path: '/', method: 'GET' }
      const right = odd === 0 ? method : route.method
      const [type, body] = bodyOf(kind, input)
      const filled = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(input[name]))
      const target = `${base}${filled}${slash === 0 ? '/' : ''}`
      const query = Object.entries(input).map(([name, value]) => `${encode(name)}=${encode(value)}`)
      if (right === 'GET' || right === 'HEAD' || odd > 7)
        return {
          method: right,
          target: `${target}?${query.join('&')}`.slice(0, 60_000),
          headers: [],
          body: Buffer.alloc(0),
          who,
        }
      return { method: right, target, headers: [['content-type', type]], body, who }
    }),
)

const trpc = fc.constantFrom(...paths).chain(path =>
  fc
    .record({
      input: inputOf(path),
      second: values,
      batch: fc.nat(3),
      odd: fc.nat(15),
      who,
      stream: fc.nat(5),
    })
    .map(({ input, second, batch, odd, who, stream }): Shot => {
      const json = JSON.stringify(batch === 0 ? { 0: input, 1: second } : input)
      const isQuery = (operations.get(path)?.kind !== 'mutation') !== (odd === 0)
      const names = batch === 0 ? `${path},${odd === 1 ? 'no.such' : path}` : path
      const target = `/trpc/${names}?${batch === 0 ? 'batch=1' : ''}`
      const headers: [string, string][] = stream === 0 ? [['trpc-accept', 'application/jsonl']] : []
      const input64k = `${target}&input=${encodeURIComponent(json)}`
      if (isQuery && input64k.length < 60_000)
        return { method: 'GET', target: input64k, headers, body: Buffer.alloc(0), who }
      return {
        method: 'POST',
        target,
        headers: [...headers, ['content-type', 'application/json']],
        body: Buffer.from(json),
        who,
      }
    }),
)

const places = fc.oneof(
  bases.chain(base =>
    fc.constantFrom(...paths).map(path => `${base}${operations.get(path)?.route?.path ?? '/x'}`),
  ),
  fc.constantFrom(...paths).map(path => `/trpc/${path}`),
  fc.constantFrom('/trpc/groups.create,groups.update?batch=1', '/docs', '/openapi.json', '/trpc/', '/trpc'),
)

/** Bodies that are not what they say: broken JSON, wrong charsets, bytes. */
const bodies = fc
  .record({
    target: places,
    method: fc.constantFrom('POST', 'PATCH', 'PUT', 'DELETE', 'GET'),
    type: fc.oneof(kinds, wrongTypes),
    who,
    body: fc.oneof(
      fc.constantFrom(...jsonTexts).map(json => Buffer.from(json)),
      fc.constantFrom(...jsonTexts).map(json => Buffer.from(json.slice(0, 2000), 'utf16le')),
      fc.json({ maxDepth: 8 }).map(json => Buffer.from(json)),
      fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
      fc
        .constantFrom(
          '--b\r\n',
          '--b\r\ncontent-disposition: form-data; name="groupname"; filename="x"\r\n\r\n\xff\r\n--b--',
          '--b--',
        )
        .map(part => Buffer.from(part, 'latin1')),
    ),
    encoding: fc.constantFrom('', '', '', 'gzip', 'br', 'chunky'),
  })
  .map(
    ({ encoding, type, ...shot }): Shot => ({
      ...shot,
      headers: [['content-type', type], ...(encoding ? [['content-encoding', encoding] as const] : [])],
    }),
  )

const segment = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '%5c',
    '%00',
    '%ZZ',
    '%',
    'easemob',
    'trpc',
    'docs',
    'x'.repeat(5000),
  ),
  fc.constantFrom(...texts).map(encode),
)

/** Paths that lead nowhere, or should, and headers full of nonsense. */
const odd = fc
  .record({
    target: fc.oneof(
      places,
      fc.array(segment, { maxLength: 6 }).map(parts => `/${parts.join('/')}`),
      fc.array(segment, { maxLength: 4 }).map(parts => `/easemob/${parts.join('/')}?${parts.join('&')}`),
      fc
        .array(segment, { maxLength: 60 })
        .map(parts => `/trpc/${parts.join(',')}?batch=1&input=${parts.join('')}`),
    ),
    method: methods,
    name: fc.constantFrom(
      'authorization',
      'accept-language',
      'x-request-id',
      'idempotency-key',
      'trpc-accept',
      'origin',
      'accept',
      'x-forwarded-for',
      'cookie',
      'host',
      'last-event-id',
      'content-type',
    ),
    value: fc.oneof(
      fc.constantFrom(...texts),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constant('é'.repeat(9000)),
    ),
    who,
  })
  .map(
    ({ name, value, ...shot }): Shot => ({
      ...shot,
      target: shot.target.slice(0, 30_000),
      headers: [[name, value.replace(/[\r\n\0]/g, ' ')]],
      body: Buffer.alloc(0),
    }),
  )

/** Requests at everything the gateway has a door for. */
export const shots: fc.Arbitrary<Shot> = fc.oneof(
  { weight: 5, arbitrary: rest },
  { weight: 5, arbitrary: trpc },
  { weight: 3, arbitrary: bodies },
  { weight: 2, arbitrary: odd },
)

/** The request as bytes, framed rightly whatever it holds. */
export function bytesOf({ method, target, headers, body }: Shot, token: string | null): Buffer {
  const own: (readonly [string, string])[] = token === null ? [] : [['authorization', `Bearer ${token}`]]
  const named = new Set(headers.map(([name]) => name))
  const all = [['host', 'gateway'] as const, ...own].filter(([name]) => !named.has(name))
  const length = body.length > 0 || method !== 'GET' ? [['content-length', String(body.length)] as const] : []
  const lines = [...all, ...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}
