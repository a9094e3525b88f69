import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Faults } from '../../src/faults/faults.ts'
import { BadFaultRule } from '../../src/index.ts'
import { http } from '../support/client.ts'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

const USER = { username: 'u', password: 'p' }

describe('a fault', () => {
  test('with a status answers the vendor’s envelope, as often as asked', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.create', status: 503, times: 2 })
    const statuses = []
    for (let time = 0; time < 3; time++) statuses.push((await call('POST', '/users', USER)).status)
    expect(statuses).toEqual([503, 503, 200])
    expect(emulator.faults.list()).toEqual([])
  })

  test('with an error has that error’s usual status', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.get', error: 'resource_limited' })
    const { status, body } = await call('GET', '/users/u')
    expect(status).toBe(429)
    expect(body).toMatchObject({ error: 'resource_limited', error_description: expect.any(String) })
  })

  test('can answer 401 as for a revoked token', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.list', status: 401, times: 1 })
    expect((await call('GET', '/users')).body).toMatchObject({ error: 'unauthorized' })
  })

  test('can answer what a gateway answers, with headers', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({
      operation: '*',
      status: 502,
      body: '<html>Bad Gateway</html>',
      headers: { 'retry-after': '2' },
    })
    expect(await call('GET', '/users')).toMatchObject({ status: 502, text: '<html>Bad Gateway</html>' })
  })

  test('can answer nothing at all with 200', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: '*', status: 200, body: '' })
    expect(await call('GET', '/users')).toMatchObject({ status: 200, text: '' })
  })

  test('that drops closes the connection before the work is done', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.create', drop: true, times: 1 })
    await expect(call('POST', '/users', USER)).rejects.toThrow()
    expect(emulator.state.users.count).toBe(0)
    expect(emulator.requests.statuses()['users.create']).toEqual({ 0: 1 })
  })

  test.each([
    ['drops', { drop: true }],
    ['fails', { status: 500 }],
  ] as const)('that %s after the commit loses only the answer', async (_, effect) => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.create', afterCommit: true, times: 1, ...effect })
    await call('POST', '/users', USER).catch(() => undefined)
    expect(emulator.state.users.get('u')?.username).toBe('u')
    expect((await call('POST', '/users', USER)).status).toBe(400)
  })

  test('that delays answers rightly once the time is over', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.create', delayMs: 30, times: 1 })
    emulator.faults.add({ operation: 'users.get', delayMs: 30, times: 1, afterCommit: true })
    expect((await call('POST', '/users', USER)).status).toBe(200)
    expect((await call('GET', '/users/u')).status).toBe(200)
    for (const { ms } of emulator.requests.list().slice(-2)) expect(ms).toBeGreaterThanOrEqual(29)
  })

  test('that delays does not hold up closing', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.get', delayMs: 600_000 })
    const arrived = expect.poll(() => emulator.requests.counts()['users.get'])
    const answer = call('GET', '/users/u').then(
      () => 'answered',
      () => 'cut off',
    )
    await arrived.toBe(1)
    await emulator.close()
    expect(await answer).toBe('cut off')
  })

  test('spares the admin endpoints', async () => {
    const { emulator } = await start()
    emulator.faults.add({ operation: '*', status: 500 })
    expect((await http(`${emulator.url}/_emulator/health`, 'GET')).status).toBe(200)
  })

  test('that fires first wins', async () => {
    const { call, emulator } = await start()
    emulator.faults.add({ operation: 'users.get', status: 500, times: 1 })
    emulator.faults.add({ operation: '*', status: 502, times: 1 })
    expect((await call('GET', '/users/u')).status).toBe(500)
    expect((await call('GET', '/users/u')).status).toBe(502)
    expect((await call('GET', '/users/u')).status).toBe(404)
  })

  test('is named in the journal', async () => {
    const { call, emulator } = await start()
    const id = emulator.faults.add({ operation: 'users.get', status: 500 })
    await call('GET', '/users/u')
    expect(emulator.requests.list().at(-1)).toMatchObject({ operation: 'users.get', status: 500, fault: id })
  })

  test('is removed by its id, or with all others', async () => {
    const { call, emulator } = await start()
    const id = emulator.faults.add({ operation: '*', status: 500 })
    emulator.faults.add({ operation: '*', status: 502 })
    expect(emulator.faults.remove(id)).toBe(true)
    expect((await call('GET', '/users')).status).toBe(502)
    emulator.faults.clear()
    expect((await call('GET', '/users')).status).toBe(200)
  })
})

describe('faults by probability', () => {
  const rule = (percent: number, seed: number) => ({
    ...{ operation: 'users.list', status: 503, probability: percent / 100, seed },
  })
  /** For each of so many calls, whether the rule applies. */
  const applied = (percent: number, seed: number, calls: number) => {
    const faults = new Faults(new Set(['users.list']))
    faults.add(rule(percent, seed))
    return Array.from({ length: calls }, () => faults.fire('users.list') !== undefined)
  }

  test('apply about as often as asked, and to the same calls for the same seed', () => {
    const property = fc.property(
      fc.integer({ min: 0, max: 0xffff_ffff }),
      fc.integer({ min: 20, max: 80 }),
      (seed, percent) => {
        const calls = applied(percent, seed, 2_000)
        expect(calls).toEqual(applied(percent, seed, 2_000))
        expect(Math.abs(calls.filter(Boolean).length / 20 - percent)).toBeLessThan(8)
      },
    )
    fc.assert(property, { numRuns: 50 })
  })

  test('apply to calls over HTTP in the order of their arrival', async () => {
    const { call, emulator } = await start()
    emulator.faults.add(rule(40, 7))
    const failed = []
    for (let time = 0; time < 30; time++) failed.push((await call('GET', '/users')).status === 503)
    expect(failed).toEqual(applied(40, 7, 30))
  })
})

describe('a rule that makes no sense', () => {
  test.each([
    ['is no object', 7, /expected object/],
    ['names no operation', { status: 500 }, /operation/],
    [
      'names an unknown operation',
      { operation: 'user.create', status: 500 },
      /no operation user\.create.*users\.create/,
    ],
    ['has no effect', { operation: '*' }, /one of status, error, drop or delayMs/],
    ['drops and answers', { operation: '*', drop: true, status: 500 }, /drop/],
    ['has an unknown key', { operation: '*', status: 500, chance: 1 }, /chance/],
    ['says nothing with a 200', { operation: '*', status: 200 }, /needs a body/],
    ['is too probable', { operation: '*', status: 500, probability: 2 }, /probability/],
    ['would split a header', { operation: '*', status: 500, headers: { a: 'x\r\ny: z' } }, /headers/],
  ])('is refused with 400 when it %s', async (_, rule, message) => {
    const { emulator } = await start()
    const { status, body } = await http(`${emulator.url}/_emulator/faults`, 'POST', JSON.stringify(rule))
    expect(status).toBe(400)
    expect(get(body, 'error')).toMatch(message)
    expect(emulator.faults.list()).toEqual([])
  })

  test('throws in code', async () => {
    const { emulator } = await start()
    expect(() => emulator.faults.add({ operation: 'nope', status: 500 })).toThrow(BadFaultRule)
  })
})
