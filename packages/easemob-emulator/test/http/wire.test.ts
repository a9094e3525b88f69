import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/routes/all.ts'
import { http } from '../support/client.ts'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

describe('the wire', () => {
  test('takes JSON without a Content-Type, and answers JSON', async () => {
    const { emulator, token } = await start()
    const user = JSON.stringify({ username: 'u', password: 'p' })
    const { status } = await http(`${emulator.url}/demo/app/users`, 'POST', user, {
      authorization: `Bearer ${token}`,
    })
    expect(status).toBe(200)
  })

  test.each(['{"username":', '=', '[1,', 'nul'])('refuses %j as json_parse', async raw => {
    const { call, emulator } = await start()
    const { status, body } = await call('POST', '/users', undefined, { raw })
    expect(status).toBe(400)
    expect(body).toEqual({
      error: 'json_parse',
      exception: expect.any(String),
      timestamp: expect.any(Number),
      duration: expect.any(Number),
      error_description: expect.any(String),
    })
    expect(emulator.state.users.count).toBe(0)
  })

  test.each([
    ['PATCH', '/users/u'],
    ['PUT', '/users'],
    ['GET', '/token'],
    ['DELETE', '/messages/users'],
    ['POST', '/chatgroups/1'],
  ])('answers 405 to %s %s', async (method, path) => {
    const { call } = await start()
    const { status, body } = await call(method, path)
    expect(status).toBe(405)
    expect(get(body, 'error')).toBe('unsupported_service_operation')
  })

  test('answers 404 to unknown paths and apps', async () => {
    const { call, emulator } = await start()
    expect((await call('GET', '/nothing/here')).status).toBe(404)
    const { status, body } = await http(`${emulator.url}/other/app/token`, 'POST', '{}')
    expect(status).toBe(404)
    expect(body).toMatchObject({
      error: 'organization_application_not_found',
      error_description: 'Could not find application for other/app from URI: other/app/token',
    })
  })

  test('answers 413 to a body above 1 MiB, and stays usable', async () => {
    const { call } = await start()
    const { status } = await call('POST', '/users', undefined, { raw: `"${'x'.repeat(1_100_000)}"` })
    expect(status).toBe(413)
    expect((await call('GET', '/users')).status).toBe(200)
  })

  test('takes a trailing slash and encoded commas', async () => {
    const { call, register, group } = await start()
    await register('o', 'a', 'b')
    const id = await group('o', ['a', 'b'])
    expect((await call('GET', '/users/')).status).toBe(200)
    expect(get((await call('DELETE', `/chatgroups/${id}/users/a%2Cb`)).body, 'data')).toHaveLength(2)
  })

  test('refuses bodies nested beyond reading', async () => {
    const { call } = await start()
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const raw = `{"to":["a"],"type":"txt","body":{"msg":"x"},"ext":{"deep":${deep}}}`
    expect((await call('POST', '/messages/users', undefined, { raw })).status).toBe(400)
    expect((await call('POST', '/users', undefined, { raw: deep })).status).toBe(400)
  })

  test('never answers 5xx, whatever stands in path, query and body', async () => {
    const { call, register, group } = await start()
    await register('o', 'a')
    const id = await group('o', ['a'])
    const filled = routes.map(({ method, path }) => ({
      method,
      path: path.replace(':groupid', id).replace(':username', 'a'),
    }))
    const segment = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('a', id, '__proto__', '%', '..;', ','),
    )
    const keys = [
      'username',
      'usernames',
      'password',
      'nickname',
      'owner',
      'members',
      'public',
      'maxusers',
      'to',
    ]
    const field = fc.constantFrom(
      ...keys,
      'type',
      'body',
      'ext',
      'newadmin',
      'newowner',
      'ttl',
      'grant_type',
      'target',
    )
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(field, fc.jsonValue()).map(value => JSON.stringify(value)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...filled),
        segment,
        fc.string(),
        body,
        async (route, part, query, raw) => {
          const path = route.path.replace(/:\w+/g, () => encodeURIComponent(part))
          const search = `?limit=${encodeURIComponent(query)}&cursor=${encodeURIComponent(query)}`
          const answer = await call(
            route.method,
            path + search,
            undefined,
            route.method === 'GET' ? {} : { raw },
          )
          expect(answer.status).toBeLessThan(500)
          expect(answer.body).toBeTypeOf('object')
        },
      ),
      { numRuns: 400 },
    )
  })
})
