import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

test('an app-wide mute is accepted', async () => {
  const { call, register } = await start()
  await register('a')
  const { body } = await call('POST', '/mutes', { username: 'a', chat: -1, groupchat: 60 })
  expect(get(body, 'data')).toEqual({ result: 'ok' })
})
