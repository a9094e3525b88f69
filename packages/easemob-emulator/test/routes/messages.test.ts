import { describe, expect, test } from 'vitest'
import { get } from '../support/get.ts'
import { start } from '../support/start.ts'

const TEXT = { type: 'txt', body: { msg: 'hi' } }

describe('messages', () => {
  test('give every recipient an id of 19 digits, known or not', async () => {
    const { call, emulator } = await start()
    const { status, body } = await call('POST', '/messages/users', { ...TEXT, to: ['a', 'B'], ext: { k: 1 } })
    expect(status).toBe(200)
    expect(get(body, 'data')).toEqual({ a: expect.any(String), B: expect.any(String) })
    expect(get(body, 'data.a')).toMatch(/^\d{19}$/)
    expect(get(body, 'data.a')).not.toBe(get(body, 'data.B'))
    expect(body).toMatchObject({ path: '/messages/users', action: 'post', organization: 'demo' })
    expect(body).not.toHaveProperty('entities')
    expect(emulator.state.messages.list()).toMatchObject([
      { target: 'users', from: 'admin', to: ['a', 'B'], type: 'txt', body: { msg: 'hi' }, ext: { k: 1 } },
    ])
  })

  test.each([
    ['users', 600],
    ['chatgroups', 3],
    ['chatrooms', 10],
  ])('to %s name at most %i recipients', async (target, most) => {
    const { call } = await start()
    const to = Array.from({ length: most + 1 }, (_, index) => String(index))
    const { status, body } = await call('POST', `/messages/${target}`, { ...TEXT, to })
    expect(status).toBe(400)
    expect(get(body, 'error_description')).toBe(`params to's size can't exceed limit ${most}`)
    expect((await call('POST', `/messages/${target}`, { ...TEXT, to: to.slice(1) })).status).toBe(200)
  })

  test.each([
    ['txt', { msg: 'x' }],
    ['img', { url: 'x', size: { width: 1, height: 1 } }],
    ['audio', { url: 'x', length: 1 }],
    ['video', { url: 'x', thumb: 'y' }],
    ['file', { url: 'x' }],
    ['loc', { lat: '1', lng: '2', addr: 'x' }],
    ['cmd', { action: 'x' }],
    ['custom', { customEvent: 'x' }],
  ])('of type %s are accepted', async (type, body) => {
    const { call } = await start()
    expect((await call('POST', '/messages/users', { to: ['a'], type, body })).status).toBe(200)
  })

  test('of the old endpoint answer success, or ids if asked', async () => {
    const { call } = await start()
    const message = { target_type: 'users', target: ['u1'], msg: { type: 'txt', msg: 'hi' }, from: 'x' }
    const plain = await call('POST', '/messages', message)
    expect(plain.body).toMatchObject({ data: { u1: 'success' }, entities: [] })
    const ids = await call('POST', '/messages?useMsgId=true', message)
    expect(get(ids.body, 'data.u1')).toMatch(/^\d{19}$/)
  })

  test('to a name like __proto__ are ordinary messages', async () => {
    const { call } = await start()
    const { text } = await call('POST', '/messages/users', { ...TEXT, to: ['__proto__'] })
    expect(text).toMatch(/"__proto__":"\d{19}"/)
  })
})
