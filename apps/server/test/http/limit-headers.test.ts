import { contract, walk } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

const json = { 'content-type': 'application/json' }
const stream = { accept: 'text/event-stream' }
const lines = { 'trpc-accept': 'application/jsonl' }
const large = Buffer.alloc(1024 * 1024 + 1, ' ')
const user = { as: 1 } as const
const admin = { as: '900000', admin: true } as const
const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`

/** Every status that a face answers, and every shape of an answer. */
const answers: readonly (readonly [number, string, Sending])[] = [
  ...['/easemob', '/api/v2/easemob'].flatMap(base => [
    [200, `GET ${base}/group/face?im_group_id=1`, user] as const,
    [200, `HEAD ${base}/group/face?im_group_id=1`, user] as const,
    [201, `GET ${base}/password`, user] as const,
    [400, `POST ${base}/group`, { ...user, headers: json, body: '{' }] as const,
    [401, `GET ${base}/password`, {}] as const,
    [403, `POST ${base}/register`, user] as const,
    [404, `GET ${base}/group?im_group_id=404`, user] as const,
    [404, `GET ${base}/no/such/path`, {}] as const,
    [405, `DELETE ${base}/password`, user] as const,
    [405, `OPTIONS ${base}/password`, user] as const,
    [413, `POST ${base}/group`, { ...user, headers: json, body: large }] as const,
    [422, `POST ${base}/group`, user] as const,
  ]),
  [200, `GET /trpc/groups.faces?${input({ im_group_id: ['1'] })}`, user],
  [204, `HEAD /trpc/groups.faces?${input({ im_group_id: ['1'] })}`, user],
  [200, 'GET /trpc/accounts.password', user],
  [400, 'POST /trpc/groups.create', { ...user, headers: json, body: '{' }],
  [401, 'GET /trpc/accounts.password', {}],
  [403, 'GET /trpc/users.list', user],
  [404, 'GET /trpc/no.such', user],
  [404, 'GET /trpc', user],
  [405, 'GET /trpc/groups.create', user],
  [405, 'DELETE /trpc/groups.get', user],
  [413, 'POST /trpc/groups.create', { ...user, headers: json, body: large }],
  [415, 'POST /trpc/groups.create', { ...user, headers: { 'content-type': 'text/plain' }, body: 'x' }],
  [422, 'GET /trpc/groups.get', user],
  [422, `GET /trpc/${'a,'.repeat(50)}a?batch=1`, user],
  [207, `GET /trpc/accounts.password,users.list?batch=1&${input({})}`, user],
  [401, 'GET /trpc/accounts.password,users.list?batch=1', {}],
  [200, `GET /trpc/accounts.password?batch=1&${input({})}`, { ...user, headers: lines }],
  [200, `GET /trpc/runs.watch?${input({ id: '404' })}`, { ...admin, headers: stream }],
  [200, `GET /trpc/runs.watch?${input({ id: '404' })}`, { headers: stream }],
]
const limitsOf = (headers: Readonly<Record<string, unknown>>) => [
  Number(headers['x-ratelimit-limit']),
  Number(headers['x-ratelimit-remaining']),
]

describe('the limits stand', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite', env: { RATE_LIMIT_PER_MINUTE: '1000' } })
    await gateway.people(1, 2)
  })
  afterAll(() => gateway.close())

  test.each(answers)('in the %i of %s', async (status, line, sending) => {
    const answer = await send(gateway, line, sending)
    expect(answer.status).toBe(status)
    const [limit = 0, remaining = -1] = limitsOf(answer.headers)
    expect([100, 1000, 5000]).toContain(limit)
    expect(remaining).toBeGreaterThanOrEqual(0)
    expect(remaining).toBeLessThan(limit)
  })

  test('in a batch as the one that is nearest to its end, whatever its place', async () => {
    const reset = () => send(gateway, 'POST /trpc/accounts.resetPassword', { as: 2, headers: json })
    await reset()
    const [limit, left = 0] = limitsOf((await reset()).headers)
    expect(limit).toBe(100)
    for (const [n, names] of [
      'accounts.resetPassword,groups.create',
      'groups.create,accounts.resetPassword',
    ].entries()) {
      const sending = { as: 2, headers: json, body: '{"0":{},"1":{}}' }
      const { headers } = await send(gateway, `POST /trpc/${names}?batch=1`, sending)
      expect([names, limitsOf(headers)]).toEqual([names, [100, left - n - 1]])
    }
  })

  test('for passwords and creations at a tenth', () => {
    const tenth = walk(contract).flatMap(([path, { rate }]) => (rate === 'tenth' ? [path] : []))
    const stricter = ['accounts.password', 'accounts.register', 'accounts.resetPassword', 'groups.create']
    expect(tenth).toEqual(expect.arrayContaining(stricter))
  })
})

test('and in the 429 itself, of either face, with when to come back', async () => {
  const gateway = await startGateway({ database: 'pglite', env: { RATE_LIMIT_PER_MINUTE: '10' } })
  try {
    await gateway.people(1)
    const refused = async (line: string, sending: Sending) => {
      for (let n = 0; n < 60; n++) {
        const { status, headers, json: body } = await send(gateway, line, sending)
        if (status !== 429 && field(body, 0, 'error', 'data', 'reason') !== 'RATE_LIMITED') continue
        expect(Number(headers['retry-after'])).toBeGreaterThan(0)
        return limitsOf(headers)
      }
      return null
    }
    expect(await refused('GET /easemob/password', user)).toEqual([1, 0])
    expect(await refused('GET /trpc/accounts.password', user)).toEqual([1, 0])
    expect(
      await refused(`GET /trpc/groups.faces?batch=1&${input({ 0: { im_group_id: ['1'] } })}`, user),
    ).toEqual([10, 0])
    expect(await refused('GET /easemob/password', {})).toEqual([50, 0])
    expect(await refused('GET /trpc/accounts.password?batch=1', {})).toEqual([50, 0])
    expect(await refused('OPTIONS /trpc', {})).toEqual([50, 0])
  } finally {
    await gateway.close()
  }
})
