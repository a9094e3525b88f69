import fc from 'fast-check'

const line = fc.oneof(
  fc.constantFrom(
    'GET / HTTP/1.1',
    'GET /easemob/password HTTP/9.9',
    'POST /trpc/x HTTP/1.1',
    'CONNECT x:1 HTTP/1.1',
    'GET http://evil/ HTTP/1.1',
    'PRI * HTTP/2.0',
    '\x16\x03\x01',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const header = fc.constantFrom(
  ...[
    'host: a',
    'host: a\r\nhost: b',
    'content-length: -1',
    'content-length: 5',
    'content-length: 5\r\ncontent-length: 6',
    'transfer-encoding: chunked',
    'transfer-encoding: chunked, chunked',
    'transfer-encoding: xchunked',
    'content-length: 3\r\ntransfer-encoding: chunked',
    'x-request-id: a\r\n b',
    'x: \0',
    ': empty',
    'no colon',
    'upgrade: websocket\r\nconnection: upgrade',
    'expect: 100-continue',
    'expect: x',
    `x: ${'y'.repeat(70_000)}`,
  ],
)
const tail = fc.constantFrom(
  '',
  '0\r\n\r\n',
  'ffffffffff\r\n',
  '5;x=\n\r\nabcde\r\n0\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  '{"a"',
)

/** Bytes that are hardly HTTP: odd first lines, headers that contradict each other, ends that are none. */
export const brokenHttp: fc.Arbitrary<Buffer> = fc
  .record({ line, headers: fc.array(header, { maxLength: 3 }), tail })
  .map(({ line, headers, tail }) => Buffer.from(`${line}\r\n${headers.join('\r\n')}\r\n\r\n${tail}`))
