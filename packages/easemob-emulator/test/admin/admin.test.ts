import { connect as connectSocket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { http } from '../support/client.ts'
import { get, getList } from '../support/get.ts'
import { start } from '../support/start.ts'

describe('the admin endpoints', () => {
  test('tell health and counts', async () => {
    const { emulator, register } = await start()
    await register('a')
    expect((await http(`${emulator.url}/_emulator/health`, 'GET')).body).toMatchObject({
      ...{ status: 'ok', appKey: 'demo#app', users: 1, groups: 0, messages: 0 },
    })
  })

  test('give the journal and exact counts, and clear them', async () => {
    const { emulator, call, register } = await start()
    await register('a')
    await call('GET', '/users/a')
    await call('GET', '/users/b?x=1')
    const url = `${emulator.url}/_emulator/requests`
    const { body } = await http(url, 'GET')
    expect(get(body, 'counts')).toEqual({ token: 1, 'users.create': 1, 'users.get': 2 })
    expect(get(body, 'statuses')).toMatchObject({ 'users.get': { 200: 1, 404: 1 } })
    expect(get(body, 'tallies')).toMatchObject({ usersCreated: 1, existingUsersNamed: 0 })
    expect(getList(body, 'requests').at(-1)).toEqual({
      ...{ method: 'GET', path: '/demo/app/users/b?x=1', operation: 'users.get', status: 404 },
      ...{ ms: expect.any(Number), at: expect.any(Number) },
    })
    expect(getList((await http(`${url}?operation=users.get&limit=1`, 'GET')).body, 'requests')).toHaveLength(
      1,
    )
    await http(url, 'DELETE')
    expect((await http(url, 'GET')).body).toMatchObject({
      requests: [],
      counts: {},
      tallies: { usersCreated: 0 },
    })
  })

  test('advance the clock', async () => {
    const { emulator, call } = await start()
    const body = JSON.stringify({ advanceMs: 100 * 24 * 3600 * 1000 })
    expect((await http(`${emulator.url}/_emulator/clock`, 'POST', body)).status).toBe(200)
    expect((await call('GET', '/users')).status).toBe(401)
    expect((await http(`${emulator.url}/_emulator/clock`, 'POST', '{"advanceMs":-1}')).status).toBe(400)
    expect((await http(`${emulator.url}/_emulator/clock`, 'POST', '{')).status).toBe(400)
  })

  test('take fault rules, list and remove them', async () => {
    const { emulator, call } = await start()
    const url = `${emulator.url}/_emulator/faults`
    const { status, body } = await http(url, 'POST', '{"operation":"users.list","status":500}')
    expect(status).toBe(201)
    expect((await call('GET', '/users')).status).toBe(500)
    expect(get((await http(url, 'GET')).body, 'faults')).toMatchObject([{ rule: { status: 500 }, fired: 1 }])
    expect((await http(`${url}/${get(body, 'id')}`, 'DELETE')).status).toBe(200)
    expect((await http(`${url}/${get(body, 'id')}`, 'DELETE')).status).toBe(404)
    await http(url, 'POST', '{"operation":"*","status":500}')
    expect((await http(url, 'DELETE')).status).toBe(200)
    expect((await call('GET', '/users')).status).toBe(200)
  })

  test('reset everything to the seed', async () => {
    const { emulator, register } = await start({ seed: { users: [{ username: 'seeded', password: 'p' }] } })
    await register('other')
    emulator.faults.add({ operation: '*', status: 500 })
    await http(`${emulator.url}/_emulator/reset`, 'POST')
    expect(emulator.state.users.list()).toMatchObject([{ username: 'seeded' }])
    expect(emulator.requests.counts()).toEqual({})
    expect(emulator.faults.list()).toEqual([])
  })

  test('export the state as lines, and say when there is no file to rewrite', async () => {
    const { emulator, register } = await start()
    await register('a')
    const { text } = await http(`${emulator.url}/_emulator/snapshot`, 'GET')
    expect(text).toMatch(/^\{"emulator":1,"appKey":"demo#app"\}\n[\s\S]*"name":"a"/)
    expect((await http(`${emulator.url}/_emulator/snapshot`, 'POST')).status).toBe(409)
  })

  test('answer 404 with a hint to what does not exist', async () => {
    const { emulator } = await start()
    const { status, body } = await http(`${emulator.url}/_emulator/nothing`, 'GET')
    expect(status).toBe(404)
    expect(get(body, 'error')).toContain('/_emulator/nothing')
  })
})

describe('web pages', () => {
  test.each(['GET', 'POST', 'DELETE'])('cannot reach them with %s: an Origin is refused', async method => {
    const { emulator } = await start()
    const headers = { origin: 'https://evil.example' }
    for (const path of ['/', '/faults', '/requests', '/reset']) {
      const { status } = await http(`${emulator.url}/_emulator${path}`, method, undefined, headers)
      expect(status).toBe(403)
    }
  })

  test('cannot reach them by a name that was pointed here', async () => {
    const { emulator } = await start()
    const { port, hostname } = new URL(emulator.url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connectSocket(Number(port), hostname, () => {
        socket.end('GET /_emulator/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
      })
      socket.once('data', chunk => resolve(chunk.toString()))
      socket.once('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    const local = await http(
      emulator.url.replace('127.0.0.1', 'localhost').concat('/_emulator/health'),
      'GET',
    )
    expect(local.status).toBe(200)
  })
})

describe('the inspector', () => {
  test('shows what there is, escaped, without scripts or passwords', async () => {
    const { emulator, call, register, group } = await start()
    await call('POST', '/users', {
      username: 'o',
      password: 'hidden-password',
      nickname: '<script>alert(1)</script>',
    })
    await register('m')
    const id = await group('o', ['m'], { groupname: '<b>bold</b>' })
    await call('POST', '/messages/chatgroups', { to: [id], type: 'txt', body: { msg: '<i>hi</i>' } })
    emulator.faults.add({ operation: 'users.get', status: 503, times: 5 })
    for (const path of ['', '/']) {
      const { status, text } = await http(`${emulator.url}/_emulator${path}`, 'GET')
      expect(status).toBe(200)
      for (const shown of [
        id,
        '&lt;b&gt;bold',
        '&lt;i&gt;hi',
        'groups.create',
        'users.get',
        '&lt;script&gt;',
      ]) {
        expect(text).toContain(shown)
      }
      expect(text).not.toMatch(/<script|<b>|hidden-password|emulator-client-secret/)
    }
    const page = await fetch(`${emulator.url}/_emulator/`)
    await page.text()
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline';.* frame-ancestors 'none'$/,
    )
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('is bounded however much there is', async () => {
    const { emulator, register } = await start()
    await register(...Array.from({ length: 600 }, (_, index) => `u${index}`))
    const { text } = await http(`${emulator.url}/_emulator/`, 'GET')
    expect(text).toContain('newest 50 of 600')
    expect(text.length).toBeLessThan(100_000)
  })
})
