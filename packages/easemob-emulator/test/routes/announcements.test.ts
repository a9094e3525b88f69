import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('announcements are set and read', async () => {
  const { call, id } = await startWithGroup()
  const set = await call('POST', `/chatgroups/${id}/announcement`, { announcement: '公告' })
  expect(get(set.body, 'data')).toEqual({ id, result: true })
  const { body } = await call('GET', `/chatgroups/${id}/announcement`)
  expect(get(body, 'data')).toEqual({ announcement: '公告' })
})
