import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

describe('contacts', () => {
  test('are mutual, may be added twice, and removed', async () => {
    const { call, register } = await start()
    await register('a', 'b')
    for (let time = 0; time < 2; time++) {
      const { status, body } = await call('POST', '/users/a/contacts/users/b')
      expect(status).toBe(200)
      expect(get(body, 'entities')).toMatchObject([{ username: 'b', type: 'user' }])
    }
    expect((await call('GET', '/users/b/contacts/users')).body).toMatchObject({ data: ['a'], count: 1 })
    await call('DELETE', '/users/a/contacts/users/b')
    expect((await call('GET', '/users/b/contacts/users')).body).toMatchObject({ data: [], count: 0 })
  })

  test('have remarks and come in pages', async () => {
    const { call, register } = await start()
    await register('a', 'b', 'c', 'd')
    for (const friend of ['b', 'c', 'd']) await call('POST', `/users/a/contacts/users/${friend}`)
    expect((await call('PUT', '/user/a/contacts/users/b', { remark: 'Bee' })).status).toBe(200)
    const first = await call('GET', '/user/a/contacts?limit=2&needReturnRemark=true')
    expect(get(first.body, 'data.contacts')).toEqual([
      { username: 'b', remark: 'Bee' },
      { username: 'c', remark: '' },
    ])
    const next = await call('GET', `/user/a/contacts?limit=2&cursor=${get(first.body, 'data.cursor')}`)
    expect(get(next.body, 'data')).toEqual({ contacts: [{ username: 'd' }] })
  })
})
