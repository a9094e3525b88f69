import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendAndHangUp } from '../security/support/raw-http.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, send } from '../support/wire.ts'

const paths = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/docs',
  '/openapi.json',
  '/nothing',
  '/easemob/password',
  '/trpc/groups.get',
  '/trpc/a,b?batch=1',
]

describe('every answer', () => {
  let gateway: Gateway
  const lines: string[] = []
  beforeAll(async () => {
    gateway = await startGateway({
      database: 'pglite',
      env: { CORS_ORIGINS: 'https://app.example, https://h5.example' },
      log: { write: line => lines.push(line) },
    })
    await gateway.people(1, 2)
  })
  afterAll(() => gateway.close())

  test.each(paths)('%s has the security headers, a request id, and names no software', async path => {
    const { headers } = await send(gateway, `GET ${path}`)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    })
    for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers[name]).toBeUndefined()
  })

  test.each(paths)('%s takes a harmless request id and no other', async path => {
    const harmless = await send(gateway, `GET ${path}`, { headers: { 'x-request-id': 'a.B_1-9' } })
    expect(harmless.headers['x-request-id']).toBe('a.B_1-9')
    for (const id of ['a b', 'x'.repeat(65), '{"a":1}', 'ä'])
      expect(
        (await send(gateway, `GET ${path}`, { headers: { 'x-request-id': id } })).headers['x-request-id'],
      ).not.toBe(id)
  })

  test('of the faces may not be kept by anyone', async () => {
    for (const path of paths.slice(6))
      expect((await send(gateway, `GET ${path}`, { as: 1 })).headers['cache-control']).toBe('no-store')
  })

  test('goes to pages of the listed origins only', async () => {
    const cors = async (origin: string) =>
      (await send(gateway, 'GET /easemob/group/face?im_group_id=1', { as: 1, headers: { origin } })).headers
    expect((await cors('https://h5.example'))['access-control-allow-origin']).toBe('https://h5.example')
    expect((await cors('https://evil.example'))['access-control-allow-origin']).toBeUndefined()
    expect((await cors('https://h5.example.evil.example'))['access-control-allow-origin']).toBeUndefined()
    const preflight = await send(gateway, 'OPTIONS /trpc/groups.create', {
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-headers': 'authorization',
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
      vary: expect.stringMatching(/\bOrigin\b/),
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    })
    const foreign = await send(gateway, 'OPTIONS /easemob/password', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' },
    })
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('says that it depends on the origin, and never lets cookies along', async () => {
    const origins = [
      {},
      { origin: 'https://app.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const path of paths.slice(3))
      for (const headers of origins) {
        const answer = await send(gateway, `GET ${path}`, { headers })
        expect([path, answer.headers['vary']]).toEqual([path, expect.stringMatching(/\bOrigin\b/)])
        expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
        if (!('origin' in headers) || headers.origin !== 'https://app.example')
          expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      }
  })

  test('to a stream may not be kept by anyone either', async () => {
    const input = encodeURIComponent('{"id":"404"}')
    const { headers } = await send(gateway, `GET /trpc/runs.watch?input=${input}`, {
      headers: { accept: 'text/event-stream' },
    })
    expect(headers['content-type']).toBe('text/event-stream')
    expect(headers['cache-control']).toBe('no-store, no-transform')
  })

  test('tells of its call in one log line and one metric, without token, password or input', async () => {
    lines.length = 0
    const token = await gateway.token({ sub: '1' })
    const { json } = await send(gateway, `GET /easemob/password?token=${token}&secret=s3cret`, {
      headers: { 'x-request-id': 'seen' },
    })
    const calls = lines.map(line => JSON.parse(line)).filter(line => line.requestId === 'seen')
    expect(calls).toEqual([
      expect.objectContaining({
        operation: 'accounts.password',
        face: 'rest',
        actor: '1',
        outcome: 'ok',
        ms: expect.any(Number),
      }),
    ])
    const all = lines.join('\n')
    for (const secret of [token, 's3cret', String(field(json, 'im_pwd_hash')), gateway.jwtSecret])
      expect(all).not.toContain(secret)
    const metrics = await send(gateway, 'GET /metrics')
    expect(metrics.text).toMatch(
      /gateway_operation_seconds_count\{operation="accounts.password",face="rest",outcome="ok"\} [1-9]/,
    )
    expect(metrics.text).toContain('process_cpu_seconds_total')
  })

  test('to a change by an administrator stands in the audit, with whom it was about and how it ended', async () => {
    const admin = { as: '900000', admin: true } as const
    await send(gateway, 'POST /easemob/register/2', { ...admin, headers: { 'x-request-id': 'audit-1' } })
    await send(gateway, 'POST /easemob/register/77', { ...admin, headers: { 'x-request-id': 'audit-2' } })
    const odd = await send(gateway, 'POST /trpc/groups.delete', {
      ...admin,
      headers: { 'content-type': 'application/json', 'x-request-id': 'audit-3' },
      body: '{"im_group_id":{"toString":1,"valueOf":1}}',
    })
    expect(odd.status).toBe(422)
    await send(gateway, 'POST /easemob/register/1', { as: 1, headers: { 'x-request-id': 'audit-4' } })
    const { entries } = await gateway.admin().system.audit.query()
    const found = Object.fromEntries(entries.map(entry => [entry.request_id, entry]))
    expect(found['audit-1']).toMatchObject({
      actor: '900000',
      operation: 'accounts.register',
      target: '2',
      outcome: 'ok',
    })
    expect(found['audit-2']).toMatchObject({ target: '77', outcome: 'USER_NOT_FOUND' })
    expect(found['audit-3']).toMatchObject({
      operation: 'groups.delete',
      target: null,
      outcome: 'VALIDATION_FAILED',
    })
    expect(found['audit-4']).toBeUndefined()
  })

  test('believes no proxy that it was not told of', async () => {
    const left = async (address: string) =>
      Number(
        (
          await send(gateway, 'GET /easemob/password', {
            headers: { 'x-forwarded-for': address, 'x-forwarded-proto': 'https' },
          })
        ).headers['x-ratelimit-remaining'],
      )
    const first = await left('192.0.2.1')
    expect(await left('192.0.2.2')).toBe(first - 1)
    const headers = { 'x-forwarded-proto': 'https' }
    expect(
      (await send(gateway, 'GET /healthz', { headers })).headers['strict-transport-security'],
    ).toBeUndefined()
  })

  test('of the parser, which no face has seen, names no software either', async () => {
    for (const [bytes, status] of [
      ['FOO\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nhost: a b\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nhost: x\r\nexpect: cake\r\n\r\n', 417],
      [`GET / HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(70_000)}\r\n\r\n`, 431],
    ] as const) {
      const text = await sendAndHangUp(gateway.url, Buffer.from(bytes))
      expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(text).not.toMatch(/^(server|x-powered-by):/im)
      expect(text).not.toMatch(/node|hono|\bat /i)
    }
  })

  test('about readiness names what is missing', async () => {
    const ready = await send(gateway, 'GET /readyz')
    expect([ready.status, ready.json]).toEqual([
      200,
      expect.objectContaining({ database: true, vendor: true }),
    ])
  })
})

test('a process behind a proxy that ends TLS says so to browsers that came over TLS', async () => {
  const gateway = await startGateway({ database: 'pglite', env: { TRUST_PROXY: '1' } })
  try {
    for (const path of ['/healthz', '/easemob/password']) {
      const secure = await send(gateway, `GET ${path}`, { headers: { 'x-forwarded-proto': 'https' } })
      expect(secure.headers['strict-transport-security']).toMatch(/max-age=\d{8}/)
      expect((await send(gateway, `GET ${path}`)).headers['strict-transport-security']).toBeUndefined()
    }
  } finally {
    await gateway.close()
  }
})
