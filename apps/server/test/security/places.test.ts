import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { networkOf } from '../../src/invoke/network.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

describe('places are limited', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite', env: { RATE_LIMIT_PER_MINUTE: '100' } })
    await gateway.people(1)
  })
  afterAll(() => gateway.close())

  test('a stream keeps its place among the fifty until it ends', async () => {
    const { runs } = gateway.services.work
    // A run does not end while the vendor is down.
    gateway.emulator.faults.add({ operation: 'users.create', status: 503 })
    const id = await runs.start()
    const token = await gateway.token({ sub: '900001', scope: 'easemob:admin' })
    const authorization = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
    const input = encodeURIComponent(JSON.stringify({ id: String(id) }))
    const hangUp = new AbortController()
    const streams = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const { body } = await fetch(`${gateway.url}/trpc/runs.watch?input=${input}`, {
          headers: authorization,
          signal: hangUp.signal,
        })
        const reader = body?.getReader()
        const decoder = new TextDecoder()
        for (let text = ''; !text.includes('"state"'); ) text += decoder.decode((await reader?.read())?.value)
        return reader
      }),
    )
    expect(streams).toHaveLength(50)
    const one = () =>
      fetch(`${gateway.url}/trpc/runs.list`, { headers: { authorization: `Bearer ${token}` } })
    const refused = await one()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    hangUp.abort()
    await expect.poll(async () => (await one()).status).toBe(200)
    gateway.emulator.faults.clear()
  })

  test('the calls of batches hold a place each', async () => {
    const { faults } = gateway.emulator
    faults.add({ operation: 'groups.get', delayMs: 1000 })
    const token = await gateway.token({ sub: '1' })
    const batch = async () => {
      const names = Array.from({ length: 30 }, () => 'groups.get').join()
      const input = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n, { im_group_id: [`${n}`] }]))
      const answer = await fetch(
        `${gateway.url}/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`,
        { headers: { authorization: `Bearer ${token}` } },
      )
      const text = await answer.text()
      return text.match(/"reason":"\w+"/g) ?? []
    }
    const reasons = (await Promise.all([batch(), batch()])).flat()
    faults.clear()
    expect(reasons.filter(reason => reason.includes('GROUP_NOT_FOUND'))).toHaveLength(50)
    expect(reasons.filter(reason => reason.includes('RATE_LIMITED'))).toHaveLength(10)
  })

  test('a batch that runs into a limit says when to come back', async () => {
    const token = await gateway.token({ sub: '1' })
    const names = Array.from({ length: 11 }, () => 'accounts.password').join()
    const answer = await fetch(`${gateway.url}/trpc/${names}?batch=1&input={}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(207)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.headers.get('x-ratelimit-limit')).toBe('10')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::7', '2001:db8:0:1'],
  ['2001:DB8:0:1:2:3:4:5', '2001:db8:0:1'],
  ['2001:0db8::', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('the address %s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
