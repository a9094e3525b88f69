import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { get, getText } from '../support/get.ts'
import { start } from '../support/start.ts'

const SECRET = 'callback-secret'

/** An app's callback URL: answers with the given statuses in turn, then 200. */
async function receiver(...statuses: number[]) {
  const bodies: unknown[] = []
  const waiting: { count: number; resolve: (bodies: unknown[]) => void }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      response.writeHead(statuses.shift() ?? 200).end()
      bodies.push(JSON.parse(text))
      for (const { count, resolve } of waiting) if (bodies.length >= count) resolve(bodies)
    })
  })
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    callbacks: { url: `http://127.0.0.1:${port}/hook`, secret: SECRET },
    bodies,
    /** Resolves with all bodies received, once there are `count`. */
    received: (count: number) => new Promise<unknown[]>(resolve => waiting.push({ count, resolve })),
  }
}

describe('callbacks', () => {
  test('tell of a message, signed', async () => {
    const { callbacks, received } = await receiver()
    const { call } = await start({ callbacks })
    const arrived = received(1)
    const { body } = await call('POST', '/messages/users', {
      to: ['b'],
      from: 'a',
      type: 'txt',
      body: { msg: 'hi' },
    })
    const [event] = await arrived
    const id = getText(body, 'data.b')
    expect(event).toEqual({
      callId: `demo#app_${id}`,
      timestamp: expect.any(Number),
      chat_type: 'chat',
      from: 'a',
      to: 'b',
      msg_id: id,
      eventType: 'chat',
      appkey: 'demo#app',
      payload: { ext: {}, bodies: [{ type: 'txt', msg: 'hi' }] },
      securityVersion: '1.0.0',
      security: createHash('md5')
        .update(`demo#app_${id}${SECRET}${get(event, 'timestamp')}`)
        .digest('hex'),
    })
  })

  test('tell of every change to a group', async () => {
    const { callbacks, received } = await receiver()
    const { call, register, group } = await start({ callbacks })
    await register('o', 'a', 'b')
    const arrived = received(8)
    const id = await group('o', ['a'])
    await call('PUT', `/chatgroups/${id}`, { groupname: 'n' })
    await call('POST', `/chatgroups/${id}/users/b`)
    await call('POST', `/chatgroups/${id}/admin`, { newadmin: 'a' })
    await call('DELETE', `/chatgroups/${id}/users/b`)
    await call('PUT', `/chatgroups/${id}`, { newowner: 'a' })
    await call('DELETE', `/chatgroups/${id}`)
    const events = await arrived
    expect(events.map(event => get(event, 'payload.operation')).sort()).toEqual(
      [
        'create',
        'direct_joined',
        'update',
        'direct_joined',
        'add_admin',
        'kick',
        'assing_owner',
        'destroy',
      ].sort(),
    )
    for (const event of events) {
      expect(event).toMatchObject({
        chat_type: 'muc',
        group_id: id,
        eventType: 'chat',
        payload: {
          muc_id: `demo#app_${id}@conference.easemob.com`,
          is_chatroom: false,
          status: { description: '', error_code: 'ok' },
        },
      })
    }
  })

  test('are tried once more when refused, then dropped', async () => {
    const { callbacks, bodies, received } = await receiver(500, 200, 500, 500)
    const { call, emulator } = await start({ callbacks })
    const send = () => call('POST', '/messages/users', { to: ['b'], type: 'txt', body: { msg: 'hi' } })
    const twice = received(2)
    await send()
    await twice
    await expect.poll(() => emulator.callbacks.counts()).toEqual({ delivered: 1, dropped: 0, waiting: 0 })
    await send()
    await expect.poll(() => emulator.callbacks.counts()).toEqual({ delivered: 1, dropped: 1, waiting: 0 })
    expect(bodies).toHaveLength(4)
  })

  test('never hold up an answer, and a dead receiver does no harm', async () => {
    const { call, emulator } = await start({ callbacks: { url: 'http://127.0.0.1:9', secret: SECRET } })
    const { status } = await call('POST', '/messages/users', { to: ['b'], type: 'txt', body: { msg: 'hi' } })
    expect(status).toBe(200)
    await expect.poll(() => emulator.callbacks.counts().dropped).toBe(1)
  })
})
