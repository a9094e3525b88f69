import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('disabling a group is undone by enabling', async () => {
  const { call, id } = await startWithGroup()
  await call('POST', `/chatgroups/${id}/disable`)
  expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0.disabled')).toBe(true)
  expect(get((await call('POST', `/chatgroups/${id}/enable`)).body, 'data')).toEqual({ disabled: false })
})
