import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('blocking ends membership, unblocking does not restore it', async () => {
  const { call, id, emulator } = await startWithGroup()
  const one = await call('POST', `/chatgroups/${id}/blocks/users/a`)
  expect(get(one.body, 'data')).toEqual({ result: true, action: 'add_blocks', user: 'a', groupid: id })
  const many = await call('POST', `/chatgroups/${id}/blocks/users`, { usernames: ['b', 'x'] })
  expect(get(many.body, 'data')).toMatchObject([
    { result: true, user: 'b' },
    { result: false, user: 'x', reason: `user: x doesn't exist in group: ${id}` },
  ])
  expect((await call('GET', `/chatgroups/${id}/blocks/users`)).body).toMatchObject({
    data: ['a', 'b'],
    count: 2,
  })
  const back = await call('DELETE', `/chatgroups/${id}/blocks/users/a`)
  expect(get(back.body, 'data')).toEqual({ result: true, action: 'remove_blocks', user: 'a', groupid: id })
  expect(get((await call('DELETE', `/chatgroups/${id}/blocks/users/b,x`)).body, 'data')).toMatchObject([
    { result: true, user: 'b' },
    { result: false, user: 'x' },
  ])
  expect(emulator.state.groups.get(id)?.members).toEqual(['o'])
})
