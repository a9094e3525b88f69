import { contract, walk } from '@easemob-gateway/contracts'
import { trpcServer } from '@hono/trpc-server'
import fc from 'fast-check'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppEnv, createReceive } from '../../src/http/incoming.ts'
import { createRouter } from '../../src/http/trpc/router.ts'
import { type Listening, listen } from '../../src/start/listen.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { type Answer, type Sending, send } from '../support/wire.ts'

const json = { 'content-type': 'application/json' }
const names = walk(contract).flatMap(([name, { kind }]) => (kind === 'subscription' ? [] : [{ name, kind }]))

describe('single tRPC calls answer byte for byte as through the official adapter', () => {
  let gateway: Gateway
  let official: Listening
  let group: string
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite' })
    await gateway.people(1, 2)
    group = (await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd' })).im_group_id
    const receive = createReceive(false)
    const app = new Hono<AppEnv>().use(
      '/trpc/*',
      trpcServer({
        endpoint: '/trpc',
        router: createRouter(gateway.services.invoke),
        createContext: (_, c) => ({ incoming: receive(c, 'trpc') }),
      }),
    )
    official = await listen(app.fetch, '127.0.0.1', 0)
  })
  afterAll(async () => {
    await official.close(1000)
    await gateway.close()
  })

  const told = ({ status, headers, text }: Answer) => ({
    status,
    text,
    // Where the adapter gives its JSON no type, the server under it says text.
    type: String(headers['content-type']).replace(/^text\/plain.*/, 'application/json'),
    vary: headers['vary'],
    allow: headers['allow'],
  })

  /** Sends the same to both and expects the same from both; gives the answer. */
  async function same(line: string, sending: Sending = {}): Promise<Answer> {
    const known = { ...sending, headers: { 'x-request-id': 'r1', ...sending.headers } }
    const [ours, theirs] = await Promise.all([
      send(gateway, line, known),
      send({ ...gateway, url: official.url }, line, known),
    ])
    expect(told(ours)).toEqual(told(theirs))
    return ours
  }
  const query = (name: string, input: unknown, sending: Sending = { as: 1 }) =>
    same(`GET /trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, sending)
  const mutate = (name: string, body: string, sending: Sending = { as: 1 }) =>
    same(`POST /trpc/${name}`, { ...sending, headers: { ...json, ...sending.headers }, body })

  test('successes', async () => {
    const { status, text } = await query('groups.get', { im_group_id: [group] })
    expect([status, JSON.parse(text).result.data[0].id]).toEqual([200, group])
    const made = await mutate(
      'groups.create',
      JSON.stringify({ groupname: '花', desc: 'd', idempotency_key: 'k' }),
    )
    expect(made.status).toBe(200)
    const nothing = await mutate('accounts.register', '{"user_id":"1"}')
    expect(nothing.text).toBe('{"result":{"data":null}}')
    await same('GET /trpc/accounts.password', { as: 1 })
    await same('GET /trpc/accounts.password?input=', { as: 1 })
    await query('users.list', {}, { as: 9, admin: true })
  })

  test.each(names)('$name without a token, and with an input that is none', async ({ name, kind }) => {
    for (const sending of [{}, { as: 1 }, { as: 9, admin: true }]) {
      if (
        sending.as &&
        ['registerMissing', 'resetPassword', 'retry', 'rotate', 'status'].some(end => name.endsWith(end))
      )
        continue
      const answer =
        kind === 'query'
          ? await query(name, 'no object', sending)
          : await mutate(name, '"no object"', sending)
      expect(answer.status).toBeGreaterThanOrEqual(401)
      expect(answer.status).toBeLessThan(500)
    }
  })

  test('every refusal: what is missing, forbidden, unknown, deep, or in Chinese', async () => {
    expect((await mutate('groups.create', '')).status).toBe(422)
    expect(
      (await mutate('groups.create', '{}', { as: 1, headers: { 'accept-language': 'zh-CN' } })).text,
    ).toContain('群组名称不能为空')
    expect((await mutate('users.import', '{}')).status).toBe(403)
    expect((await mutate('groups.delete', '{"im_group_id":"99"}')).status).toBe(404)
    expect((await mutate('groups.delete', `{"im_group_id":"${group}"}`, { as: 2 })).status).toBe(403)
    expect((await mutate('groups.create', `${'[['.repeat(20)}${']]'.repeat(20)}`)).status).toBe(400)
    expect((await same('GET /trpc/accounts.password', { as: 77 })).status).toBe(404)
  })

  test('what is not plainly one call: bad JSON, wrong verbs, unknown procedures, odd paths, batches', async () => {
    expect((await mutate('groups.create', '{"a":')).status).toBe(400)
    expect((await same('GET /trpc/groups.get?input=%7B', { as: 1 })).status).toBe(400)
    expect((await same('GET /trpc/groups.create', { as: 1 })).status).toBe(405)
    expect((await mutate('groups.get', '{}')).status).toBe(405)
    for (const path of [
      'nothing',
      'groups',
      'groups.nothing',
      '',
      'groups%2Ecreate',
      'groups.get/',
      '__proto__.x',
      'a,b',
    ])
      await same(`GET /trpc/${path}`, { as: 1 })
    for (const type of [
      'text/plain',
      'application/json-patch',
      'APPLICATION/JSON',
      'application/json;charset=utf-8',
      ' application/json',
    ])
      await mutate('accounts.register', '{"user_id":"1"}', { as: 1, headers: { 'content-type': type } })
    await same('POST /trpc/accounts.register', { as: 1, body: '{"user_id":"1"}' })
    const input = encodeURIComponent('{"0":{"im_group_id":["1"]},"1":{}}')
    expect((await same(`GET /trpc/groups.get,groups.faces?batch=1&input=${input}`, { as: 1 })).status).toBe(
      207,
    )
    await same('GET /trpc/groups.get?batch=1', { as: 1 })
    await same('GET /trpc/accounts.password?batch=0', { as: 1 })
    for (const headers of [{ accept: 'application/jsonl' }, { 'trpc-accept': 'application/jsonl' }])
      await same('GET /trpc/accounts.password', { as: 1, headers })
  })

  test('whatever JSON comes as the input', async () => {
    const inputs = fc.oneof(
      fc.jsonValue(),
      fc.record({ im_group_id: fc.jsonValue(), members: fc.jsonValue() }, { requiredKeys: [] }),
      fc.record({ im_group_id: fc.array(fc.stringMatching(/^\d{1,20}$/), { maxLength: 3 }) }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('groups.faces', 'groups.addMembers', 'users.list'),
        inputs,
        async (name, input) => {
          const answer =
            name === 'groups.addMembers'
              ? await mutate(name, JSON.stringify(input))
              : await query(name, input)
          expect(answer.status).toBeLessThan(500)
        },
      ),
      { numRuns: 150 },
    )
  })
})
