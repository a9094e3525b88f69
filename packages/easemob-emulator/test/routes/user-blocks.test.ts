import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

test('users can be blocked and unblocked', async () => {
  const { call, register } = await start()
  await register('a', 'b')
  expect(get((await call('POST', '/users/a/blocks/users', { usernames: ['B'] })).body, 'data')).toEqual(['b'])
  expect((await call('GET', '/users/a/blocks/users')).body).toMatchObject({ data: ['b'], count: 1 })
  expect(get((await call('DELETE', '/users/a/blocks/users/b')).body, 'entities.0.username')).toBe('b')
  expect((await call('GET', '/users/a/blocks/users')).body).toMatchObject({ data: [], count: 0 })
})
