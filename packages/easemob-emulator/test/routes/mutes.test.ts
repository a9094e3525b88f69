import { expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { startWithGroup } from '../support/start.ts'

test('mutes end by themselves, by name, and with -1 never', async () => {
  const { call, id, emulator } = await startWithGroup()
  const expire = expect.any(Number)
  const muted = await call('POST', `/chatgroups/${id}/mute`, { usernames: ['a'], mute_duration: 60_000 })
  expect(get(muted.body, 'data')).toEqual([{ result: true, expire, user: 'a' }])
  await call('POST', `/chatgroups/${id}/mute`, { usernames: ['b'], mute_duration: -1 })
  expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([
    { expire, user: 'a' },
    { expire: -1, user: 'b' },
  ])
  emulator.clock.advance(60_001)
  expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([{ expire: -1, user: 'b' }])
  const ended = await call('DELETE', `/chatgroups/${id}/mute/b`)
  expect(get(ended.body, 'data')).toEqual([{ result: true, user: 'b' }])
  expect(get((await call('GET', `/chatgroups/${id}/mute`)).body, 'data')).toEqual([])
})

test('a whole group is muted and unmuted', async () => {
  const { call, id } = await startWithGroup()
  expect(get((await call('POST', `/chatgroups/${id}/ban`)).body, 'data')).toEqual({ mute: true })
  expect(get((await call('GET', `/chatgroups/${id}`)).body, 'data.0.mute')).toBe(true)
  expect(get((await call('DELETE', `/chatgroups/${id}/ban`)).body, 'data')).toEqual({ mute: false })
})
