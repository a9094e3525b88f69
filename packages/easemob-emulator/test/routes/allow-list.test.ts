import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('the allow list takes members', async () => {
  const { call, id } = await startWithGroup()
  const row = { result: true, action: 'add_user_whitelist', groupid: id }
  expect(get((await call('POST', `/chatgroups/${id}/white/users/a`)).body, 'data')).toEqual({
    ...row,
    user: 'a',
  })
  const many = await call('POST', `/chatgroups/${id}/white/users`, { usernames: ['b'] })
  expect(get(many.body, 'data')).toEqual([{ ...row, user: 'b' }])
  expect(get((await call('GET', `/chatgroups/${id}/white/users`)).body, 'data')).toEqual(['a', 'b'])
  await call('DELETE', `/chatgroups/${id}/white/users/a,b`)
  expect(get((await call('GET', `/chatgroups/${id}/white/users`)).body, 'data')).toEqual([])
})
