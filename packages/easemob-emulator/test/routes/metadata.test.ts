import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

test('attributes merge and are deleted', async () => {
  const { call, register } = await start()
  await register('a')
  await call('PUT', '/metadata/user/a', undefined, { raw: 'nickname=n&sign=s' })
  const { body } = await call('PUT', '/metadata/user/a', { sign: 't' })
  expect(get(body, 'data')).toEqual({ nickname: 'n', sign: 't' })
  expect(get((await call('DELETE', '/metadata/user/a')).body, 'data')).toBe(true)
  expect(get((await call('GET', '/metadata/user/a')).body, 'data')).toEqual({})
})
