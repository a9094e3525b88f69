import fc from 'fast-check'
import { operations } from './call-faces.ts'
import { jsonTexts, texts } from './hostile.ts'
import { bases, encode, kinds, methods, paths, type Shot, theToken, who } from './shot.ts'

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

const places = fc.oneof(
  bases.chain(base =>
    fc.constantFrom(...paths).map(path => `${base}${operations.get(path)?.route?.path ?? '/x'}`),
  ),
  fc.constantFrom(...paths).map(path => `/trpc/${path}`),
  fc.constantFrom(
    '/trpc/groups.create,groups.update?batch=1',
    ...['/trpc/', '/trpc', '/easemob', '/api/v2/easemob/', '/', '*', 'http://elsewhere/easemob/password'],
  ),
  fc.constantFrom('/docs', '/docs/try.js', '/openapi.json', '/healthz', '/readyz', '/metrics'),
)

/** Bodies that are not what they say: broken JSON, wrong charsets, bytes. */
export const bodies = fc
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
export const odd = fc
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

const tokenTexts = fc.oneof(fc.constant(theToken), fc.constantFrom(...texts).map(encode))

/** Tokens in the query: good ones, bad ones, several, beside one in the header and beside fields. */
export const queryTokens = fc
  .record({
    target: places,
    method: methods,
    tokens: fc.array(tokenTexts, { minLength: 1, maxLength: 3 }),
    fields: fc.constantFrom(
      '',
      '&im_group_id=1',
      '&batch=1',
      '&batch=1&input=%7B%7D',
      '&input=%7B%22id%22:1%7D',
    ),
    both: fc.boolean(),
    origin: fc.constantFrom('https://app.example', 'https://evil.example', 'null', ''),
    who,
  })
  .map(({ target, tokens, fields, both, origin, ...shot }): Shot => {
    const query = tokens.map(token => `token=${token}`).join('&')
    const headers: [string, string][] = both ? [['authorization', `Bearer ${tokens[0]?.slice(0, 1000)}`]] : []
    if (origin) headers.push(['origin', origin], ['access-control-request-method', shot.method])
    return {
      ...shot,
      target: `${target}${target.includes('?') ? '&' : '?'}${query}${fields}`.slice(0, 30_000),
      headers,
      body: Buffer.alloc(0),
    }
  })
