import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

describe('presence', () => {
  test('of one user is offline, also of an unknown one', async () => {
    const { call } = await start()
    const { body } = await call('GET', '/users/Nobody/status')
    expect(body).toMatchObject({ action: 'get', entities: [], data: { nobody: 'offline' }, count: 0 })
  })

  test('of many users is an array of single pairs', async () => {
    const { call } = await start()
    const { body } = await call('POST', '/users/batch/status', { usernames: ['a', 'b'] })
    expect(body).toMatchObject({
      action: 'get batch user status',
      data: [{ a: 'offline' }, { b: 'offline' }],
    })
  })

  test.each([
    ['GET', '/users/a/disconnect'],
    ['DELETE', '/users/a/disconnect/web_1'],
    ['GET', '/users/a/disconnect/web_1'],
  ])('%s %s succeeds although nobody is connected', async (method, path) => {
    const { call, register } = await start()
    await register('a')
    expect(get((await call(method, path)).body, 'data')).toEqual({ result: true })
  })

  test('has offline counts, delivery states and devices', async () => {
    const { call, register } = await start()
    await register('a')
    expect(get((await call('GET', '/users/a/offline_msg_count')).body, 'data')).toEqual({ a: 0 })
    expect(get((await call('GET', '/users/a/offline_msg_status/1')).body, 'data')).toEqual({ 1: 'delivered' })
    expect(get((await call('GET', '/users/a/resources')).body, 'data')).toEqual([])
  })
})
