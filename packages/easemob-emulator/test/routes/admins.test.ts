import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('admins are named, listed as members, and removed', async () => {
  const { call, id } = await startWithGroup()
  const added = await call('POST', `/chatgroups/${id}/admin`, { newadmin: 'A' })
  expect(get(added.body, 'data')).toEqual({ result: 'success', newadmin: 'a' })
  expect((await call('GET', `/chatgroups/${id}/admin`)).body).toMatchObject({ data: ['a'], count: 1 })
  expect(get((await call('GET', `/chatgroups/${id}/users`)).body, 'data')).toContainEqual({ member: 'a' })
  const removed = await call('DELETE', `/chatgroups/${id}/admin/a`)
  expect(get(removed.body, 'data')).toEqual({ result: 'success', oldadmin: 'a' })
  expect(get((await call('GET', `/chatgroups/${id}/admin`)).body, 'data')).toEqual([])
})
