import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { standingClock, start } from '../support/start.ts'

const TEXT = { type: 'txt', body: { msg: 'x' } }

describe('callsPerSecond', () => {
  test('lets that many users and groups calls through, then answers 429 until time passes', async () => {
    const { call, emulator } = await start({ callsPerSecond: 3, now: standingClock().now })
    const statuses = []
    for (const path of ['/users', '/chatgroups', '/users', '/users', '/chatgroups']) {
      statuses.push((await call('GET', path)).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    const refused = await call('GET', '/users')
    expect(refused.body).toMatchObject({
      error: 'reach_limit',
      error_description: 'This request has reached api limit',
    })
    emulator.clock.advance(334)
    expect((await call('GET', '/users')).status).toBe(200)
    expect((await call('GET', '/users')).status).toBe(429)
  })

  test('leaves tokens and messages alone', async () => {
    const { call } = await start({ callsPerSecond: 1, now: standingClock().now })
    await call('GET', '/users')
    expect((await call('POST', '/messages/users', { ...TEXT, to: ['a'] })).status).toBe(200)
  })

  test('saves up no more than one second', async () => {
    const { call, emulator } = await start({ callsPerSecond: 2, now: standingClock().now })
    await call('GET', '/users')
    emulator.clock.advance(60_000)
    const statuses = []
    for (let time = 0; time < 3; time++) statuses.push((await call('GET', '/users')).status)
    expect(statuses).toEqual([200, 200, 429])
  })
})

describe('vendor limits', () => {
  test.each([
    [100, 'GET', '/users/x', 404],
    [30, 'DELETE', '/users?limit=1', 200],
    [50, 'POST', '/users/batch/status', 200],
    [50, 'GET', '/chatgroups/user/nobody', 404],
    [100, 'GET', '/chatgroups', 200],
  ])('allow %i calls a second of %s %s', async (limit, method, path, status) => {
    const { call } = await start({ vendorLimits: true, now: standingClock().now })
    // The clock stands still, so calls at once are counted like calls in turn.
    const answers = await Promise.all(
      Array.from({ length: limit + 1 }, () => call(method, path, { usernames: ['a'] })),
    )
    const statuses = answers.map(answer => answer.status).sort()
    expect(statuses).toEqual([...Array(limit).fill(status), 429])
  })

  test('draw registration and reads of users from one pool', async () => {
    const { call } = await start({ vendorLimits: true, now: standingClock().now })
    await Promise.all(Array.from({ length: 100 }, () => call('GET', '/users/x')))
    expect((await call('POST', '/users', { username: 'u', password: 'p' })).status).toBe(429)
  })

  test('allow 20 messages to groups a second: 403 beyond, while calls are still left', async () => {
    const { call, emulator } = await start({ vendorLimits: true, now: standingClock().now })
    const send = () => call('POST', '/messages/chatgroups', { ...TEXT, to: ['1', '2'] })
    for (let time = 0; time < 10; time++) expect((await send()).status).toBe(200)
    const refused = await send()
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({
      error: 'message_send_error',
      error_description: 'message send reach limit',
    })
    emulator.clock.advance(1000)
    expect((await send()).status).toBe(200)
  })

  test('allow 20 calls with messages to groups a second: 429 beyond', async () => {
    const { call } = await start({ vendorLimits: true, now: standingClock().now })
    const send = () => call('POST', '/messages/chatgroups', { ...TEXT, to: ['1'] })
    for (let time = 0; time < 20; time++) await send()
    expect((await send()).status).toBe(429)
  })

  test('allow 6,000 messages to users a minute: 403 beyond', async () => {
    const { call } = await start({ vendorLimits: true, now: standingClock().now })
    const to = Array.from({ length: 600 }, (_, index) => `u${index}`)
    for (let time = 0; time < 10; time++) {
      expect((await call('POST', '/messages/users', { ...TEXT, to })).status).toBe(200)
    }
    expect((await call('POST', '/messages/users', { ...TEXT, to: ['a'] })).status).toBe(403)
  })

  test('are off unless asked for', async () => {
    const { call } = await start({ now: standingClock().now })
    const answers = await Promise.all(Array.from({ length: 120 }, () => call('GET', '/users')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('come back in full with a reset', async () => {
    const { call, emulator } = await start({ callsPerSecond: 1, now: standingClock().now })
    await call('GET', '/users')
    emulator.reset()
    expect(get((await call('GET', '/users')).body, 'count')).toBe(0)
  })
})
