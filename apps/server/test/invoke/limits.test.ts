import { GatewayError } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLimits } from '../../src/invoke/limits.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, send } from '../support/wire.ts'

const faces = 'GET /easemob/group/face?im_group_id=1'

describe('with twenty requests a minute for each actor', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({
      database: 'pglite',
      env: { RATE_LIMIT_PER_MINUTE: '20', TRUST_PROXY: '1' },
    })
    await gateway.people(1, 2, 3, 4)
  })
  afterAll(() => gateway.close())

  const from = (address: string) => ({ headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } })
  const left = (headers: Readonly<Record<string, unknown>>) => [
    headers['x-ratelimit-limit'],
    headers['x-ratelimit-remaining'],
  ]

  test('twenty pass, counted down on every answer; the next is 429 with Retry-After on both faces', async () => {
    for (let n = 19; n >= 0; n--) {
      const answer = await send(gateway, faces, { as: 1, ...from('10.0.0.1') })
      expect([answer.status, ...left(answer.headers)]).toEqual([200, '20', String(n)])
    }
    const rest = await send(gateway, faces, { as: 1, ...from('10.0.0.1') })
    expect(rest.json).toEqual({ message: ['请求过于频繁，请稍后重试'], reason: 'RATE_LIMITED' })
    const trpc = await send(gateway, 'GET /trpc/groups.faces', { as: 1, ...from('10.0.0.1') })
    expect(field(trpc.json, 'error', 'data')).toMatchObject({ reason: 'RATE_LIMITED', httpStatus: 429 })
    for (const { status, headers } of [rest, trpc]) {
      expect([status, ...left(headers)]).toEqual([429, '20', '0'])
      expect(Number(headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
    }
    expect((await send(gateway, faces, { as: 2, ...from('10.0.0.1') })).status).toBe(200)
  })

  test('passwords and creations have a tenth, each operation its own', async () => {
    const password = () => send(gateway, 'GET /easemob/password', { as: 3, ...from('10.0.0.3') })
    const first = await password()
    expect([first.status, ...left(first.headers)]).toEqual([201, '2', '1'])
    expect((await password()).status).toBe(201)
    const third = await password()
    expect([third.status, ...left(third.headers)]).toEqual([429, '2', '0'])
    const other = await send(gateway, 'PUT /easemob/password', { as: 3, ...from('10.0.0.3') })
    expect(other.status).toBe(201)
    expect((await send(gateway, faces, { as: 3, ...from('10.0.0.3') })).status).toBe(200)
  })

  test('every call of a batch counts', async () => {
    const paths = Array.from({ length: 21 }, () => 'groups.faces').join(',')
    const { json } = await send(gateway, `GET /trpc/${paths}?batch=1`, { as: 4, ...from('10.0.0.4') })
    const reasons = Array.isArray(json) ? json.map(item => field(item, 'error', 'data', 'reason')) : []
    expect(reasons.filter(reason => reason === 'RATE_LIMITED')).toHaveLength(1)
  })

  test('an address has five times as much, also for who is not signed in and for paths that lead nowhere', async () => {
    const paths = ['/easemob/password', '/easemob/nothing', '/trpc/groups.get', '/api/v2/easemob/group']
    for (let n = 99; n >= 0; n--) {
      const { status, headers } = await send(gateway, `GET ${paths[n % 4]}`, from('10.0.0.9'))
      expect([401, 404]).toContain(status)
      expect(left(headers)).toEqual(['100', String(n)])
    }
    for (const path of paths) expect((await send(gateway, `GET ${path}`, from('10.0.0.9'))).status).toBe(429)
    const trpc = await send(gateway, 'GET /trpc/groups.get', from('10.0.0.9'))
    expect(field(trpc.json, 'error', 'data', 'reason')).toBe('RATE_LIMITED')
    expect((await send(gateway, 'GET /easemob/password', from('10.0.0.10'))).status).toBe(401)
  })

  test('what looks after the process is never limited', async () => {
    for (let n = 0; n < 120; n++)
      expect((await send(gateway, 'GET /healthz', from('10.0.0.9'))).status).toBe(200)
  })
})

test('an actor has fifty requests at once, and gets places back', () => {
  const limits = createLimits(600)
  const leave = Array.from({ length: 50 }, () => limits.enter('1'))
  expect(() => limits.enter('1')).toThrow(GatewayError)
  limits.enter('2')
  leave[0]?.()
  limits.enter('1')
  expect(() => limits.enter('1')).toThrow(GatewayError)
})

test('a tenth of very little is still one', async () => {
  const limits = createLimits(3)
  expect(limits.actor('1', 'x', true)).toEqual({ limit: 1, remaining: 0 })
  expect(() => limits.actor('1', 'x', true)).toThrow(expect.objectContaining({ key: 'RATE_LIMITED' }))
})
