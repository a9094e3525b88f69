import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

const json = { 'content-type': 'application/json' }

describe('the tRPC face on the wire', () => {
  let gateway: Gateway
  let group: string
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite' })
    await gateway.people(1, 2, 3)
    group = (await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd' })).im_group_id
  })
  afterAll(() => gateway.close())

  const wire = (line: string, sending: Sending = {}) => send(gateway, line, { as: 1, ...sending })
  const post = (path: string, body: string | Buffer, sending: Sending = {}) =>
    wire(`POST /trpc/${path}`, { headers: json, body, ...sending })
  const of = (answer: { json: unknown }, ...keys: (string | number)[]) => field(answer.json, ...keys)

  test('a batch answers each call in its place, refusals beside successes', async () => {
    const input = encodeURIComponent(
      JSON.stringify({ 0: { im_group_id: [group] }, 1: { im_group_id: ['9'] }, 2: {} }),
    )
    const answer = await wire(`GET /trpc/groups.get,groups.get,groups.faces?batch=1&input=${input}`)
    expect(answer.status).toBe(207)
    expect(of(answer, 0, 'result', 'data', 0, 'id')).toBe(group)
    expect(of(answer, 1, 'error', 'data')).toMatchObject({ reason: 'GROUP_NOT_FOUND', httpStatus: 404 })
    expect(of(answer, 2, 'error', 'data')).toMatchObject({
      reason: 'VALIDATION_FAILED',
      fields: { im_group_id: ['im_group_id is required'] },
    })
  })

  test('a batch of mutations has the limits and the request id on its answer, and may not be kept', async () => {
    const body = JSON.stringify({ 0: { user_id: '1' }, 1: { user_id: '1' } })
    const answer = await post('accounts.register,accounts.register?batch=1', body)
    expect([answer.status, answer.text]).toEqual([200, '[{"result":{"data":null}},{"result":{"data":null}}]'])
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
      'x-ratelimit-limit': expect.any(String),
    })
  })

  test('a batch reads its actor once', async () => {
    const { database } = gateway.services
    const original = database.prepared
    let reads = 0
    Object.assign(database, {
      prepared: (text: string, values: readonly (string | number | null)[]) => {
        if (text.includes('from users')) reads++
        return original.call(database, text, values)
      },
    })
    try {
      const input = encodeURIComponent(
        JSON.stringify(
          Object.fromEntries(Array.from({ length: 10 }, (_, n) => [n, { im_group_id: [group] }])),
        ),
      )
      const paths = Array.from({ length: 10 }, () => 'groups.faces').join(',')
      expect((await wire(`GET /trpc/${paths}?batch=1&input=${input}`)).status).toBe(200)
      expect(reads).toBe(1)
    } finally {
      Object.assign(database, { prepared: original })
    }
  })

  test('fifty calls are a batch, fifty-one are refused', async () => {
    const paths = (n: number) => Array.from({ length: n }, () => 'groups.faces').join(',')
    expect(of(await wire(`GET /trpc/${paths(50)}?batch=1`), 49, 'error', 'data', 'reason')).toBe(
      'VALIDATION_FAILED',
    )
    const refused = await wire(`GET /trpc/${paths(51)}?batch=1`)
    expect([refused.status, of(refused, 'error', 'data', 'reason')]).toEqual([422, 'VALIDATION_FAILED'])
  })

  test('refusals carry reason, fields and request id, and neither stack nor the words of what broke', async () => {
    const answer = await post('groups.create', '{"maxusers":1}', {
      headers: { ...json, 'x-request-id': 'me' },
    })
    expect(answer.status).toBe(422)
    expect(of(answer, 'error')).toEqual({
      message: 'The input is not valid. Correct the fields named in errors.',
      code: -32022,
      data: {
        code: 'UNPROCESSABLE_CONTENT',
        httpStatus: 422,
        path: 'groups.create',
        reason: 'VALIDATION_FAILED',
        fields: {
          groupname: ['groupname is required'],
          desc: ['desc is required'],
          maxusers: [expect.any(String)],
        },
        requestId: 'me',
      },
    })
  })

  test('a body over 1 MiB is a typed 413', async () => {
    const answer = await post('groups.create', Buffer.alloc(1024 * 1024 + 1, ' '))
    expect([answer.status, of(answer, 'error', 'data', 'reason')]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  test('bad JSON is a typed 400, an unknown procedure 404, a wrong verb 405', async () => {
    const reasons = await Promise.all([
      post('groups.create', '{"a'),
      wire('GET /trpc/nothing.here'),
      wire('GET /trpc/groups.create'),
    ])
    expect(reasons.map(answer => [answer.status, of(answer, 'error', 'data', 'reason')])).toEqual([
      [400, 'MALFORMED_BODY'],
      [404, 'NOT_FOUND'],
      [405, 'METHOD_NOT_ALLOWED'],
    ])
    expect(reasons.map(({ text }) => text).join()).not.toMatch(/stack|node_modules/)
  })

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is a typed 405 that says which verbs there are', async method => {
    const answer = await wire(`${method} /trpc/groups.get`)
    expect([answer.status, of(answer, 'error', 'data', 'reason')]).toEqual([405, 'METHOD_NOT_ALLOWED'])
    expect(answer.headers['allow']).toBe('GET, POST')
  })

  test('nothing was read by who did not sign in, in a batch neither', async () => {
    const answer = await wire('GET /trpc/groups.get,groups.get?batch=1', {
      headers: { authorization: 'Bearer x' },
    })
    expect(answer.status).toBe(401)
    expect(of(answer, 1, 'error', 'data', 'reason')).toBe('UNAUTHENTICATED')
  })

  test('a subscription streams with the token in the query, and tells a refusal as an event', async () => {
    const { run } = await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })
    const watch = async (token: string) => {
      const url = `${gateway.url}/trpc/runs.watch?token=${token}&input=${encodeURIComponent(JSON.stringify({ id: run.id }))}`
      const response = await fetch(url, { headers: { accept: 'text/event-stream' } })
      return {
        type: response.headers.get('content-type'),
        headers: response.headers,
        text: await response.text(),
      }
    }
    const seen = await watch(await gateway.token({ sub: '9', scope: 'easemob:admin' }))
    expect(seen.type).toBe('text/event-stream')
    expect(seen.headers.get('x-request-id')).toEqual(expect.any(String))
    expect(seen.text).toMatch(/data: \{"id":"\d+","state":"done"/)
    expect(seen.text).toMatch(/id: \d+-done-/)
    expect(seen.text).toContain('event: return')
    const refused = await watch(await gateway.token({ sub: '1' }))
    expect(refused.text).toContain('event: serialized-error')
    expect(refused.text).toContain('"reason":"FORBIDDEN"')
  })
})
