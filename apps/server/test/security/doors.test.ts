import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, send } from '../support/wire.ts'
import { sendAndHangUp } from './support/raw-http.ts'

const asJson = { 'content-type': 'application/json' }
const mebibyte = 1024 * 1024

describe('what is too large', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite' })
    await gateway.people(1)
  })
  afterAll(() => gateway.close())
  const post = (path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = asJson) =>
    send(gateway, `POST ${path}`, { as: 1, headers, body })

  test.each([
    ['/easemob/group', 'application/json'],
    ['/easemob/group', 'application/x-www-form-urlencoded'],
    ['/easemob/group', 'multipart/form-data; boundary=b'],
    ['/trpc/groups.create', 'application/json'],
    ['/trpc/groups.create?batch=1', 'application/json'],
  ])('a body of more than 1 MiB at %s as %s is 413', async (path, type) => {
    const answer = await post(path, Buffer.alloc(mebibyte + 1, 'a'), { 'content-type': type })
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('PAYLOAD_TOO_LARGE')
  })

  test.each(['/easemob/group', '/trpc/groups.create'])(
    'so is one at %s that does not say its size',
    async path => {
      const token = await gateway.token({ sub: '1' })
      const piece = `${(mebibyte / 2).toString(16)}\r\n${'a'.repeat(mebibyte / 2)}\r\n`
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`
      const text = await sendAndHangUp(gateway.url, Buffer.from(`${head}${piece.repeat(3)}0\r\n\r\n`))
      expect(text).toMatch(/^HTTP\/1\.1 413/)
    },
  )

  test.each(['/easemob/group', '/trpc/groups.create', '/trpc/groups.create?batch=1'])(
    'the refusal at %s can be read by who goes on sending',
    async path => {
      const { hostname, port } = new URL(gateway.url)
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await gateway.token({ sub: '1' })}\r\ncontent-type: application/json\r\ncontent-length: ${200 * mebibyte}\r\n\r\n`
      const piece = Buffer.alloc(mebibyte, 'a')
      const text = await new Promise<string>(resolve => {
        let text = ''
        const socket = createConnection(Number(port), hostname, () => socket.write(head))
        const send = () => {
          while (!socket.destroyed && socket.write(piece));
        }
        socket.on('connect', send)
        socket.on('drain', send)
        socket.on('error', () => {})
        socket.on('data', part => {
          text += part.toString()
        })
        socket.on('close', () => resolve(text))
      })
      expect(text).toMatch(/^HTTP\/1\.1 413/)
      expect(text).toContain('PAYLOAD_TOO_LARGE')
    },
  )

  test('JSON past 32 levels is refused on both faces, at any place', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    for (const path of ['/easemob/group', '/trpc/groups.create']) {
      const body = (levels: number) => `{"groupname":"g","desc":"d","other":${deep(levels)}}`
      expect([path, (await post(path, body(31))).status]).toEqual([
        path,
        path.startsWith('/trpc') ? 200 : 201,
      ])
      expect([path, (await post(path, body(32))).status]).toEqual([path, 400])
      expect([path, (await post(path, body(100_000))).status]).toEqual([path, 400])
    }
    const batch = await post(
      '/trpc/groups.create?batch=1',
      `{"0":{"groupname":"g","desc":"d","x":${deep(40)}}}`,
    )
    expect([batch.status, field(batch.json, 0, 'error', 'data', 'reason')]).toEqual([400, 'MALFORMED_BODY'])
  })

  test('lists have an end, on both faces', async () => {
    const members = Array.from({ length: 2001 }, (_, n) => String(n + 1))
    const ids = Array.from({ length: 101 }, (_, n) => String(n + 1))
    const group = { groupname: 'g', desc: 'd', members }
    expect((await post('/easemob/group', JSON.stringify(group))).status).toBe(422)
    expect((await post('/trpc/groups.create', JSON.stringify(group))).status).toBe(422)
    expect((await send(gateway, `GET /easemob/group?im_group_id=${ids.join()}`, { as: 1 })).status).toBe(422)
    const users = Array.from({ length: 1001 }, (_, n) => ({ id: n + 1, name: 'x' }))
    await expect(gateway.admin().users.import.mutate({ users })).rejects.toMatchObject({
      data: { reason: 'VALIDATION_FAILED' },
    })
  })

  test('a form has ten thousand fields at most, and repeats are read in one pass', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const fields = (count: number) => Array.from({ length: count }, () => 'members=').join('&')
    expect((await post('/easemob/group', fields(10_000), form)).status).toBe(422)
    expect((await post('/easemob/group', fields(10_001), form)).status).toBe(400)
    expect((await post('/easemob/group', 'a&'.repeat(500_000), form)).status).toBe(400)
    expect((await send(gateway, `POST /easemob/group?${'a&'.repeat(30_000)}`, { as: 1 })).status).toBe(400)
    const json = `{${Array.from({ length: 50_000 }, (_, n) => `"members[${n}]":0`).join()}}`
    expect((await post('/easemob/group', json)).status).toBe(422)
  })

  test('headers past 64 KiB are 431; 2,000 members in the query fit', async () => {
    const members = Array.from({ length: 2000 }, (_, n) => String(100_000_000 + n)).join()
    const fits = await send(gateway, `POST /easemob/group?groupname=g&desc=d&members=${members}`, { as: 1 })
    expect(fits.status).toBe(422)
    expect(
      await sendAndHangUp(
        gateway.url,
        Buffer.from(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`),
      ),
    ).toMatch(/^HTTP\/1\.1 431/)
  })

  test('a batch has fifty calls at most', async () => {
    const names = Array.from({ length: 51 }, () => 'accounts.password').join()
    expect((await send(gateway, `GET /trpc/${names}?batch=1&input={}`, { as: 1 })).status).toBe(422)
  })

  test.each(['9007199254740993', 'a/b', 'a b', 'x@y', 'a:port', ''])(
    'a Host that is none is 400: %j',
    async host => {
      const text = await sendAndHangUp(
        gateway.url,
        Buffer.from(`GET /trpc/x HTTP/1.1\r\nhost: ${host}\r\n\r\n`),
      )
      expect(text).toMatch(/^HTTP\/1\.1 400/)
    },
  )

  test.each([
    'content-length: 5\r\ntransfer-encoding: chunked',
    'content-length: 5\r\ncontent-length: 6',
    'transfer-encoding: chunked, identity',
    'transfer-encoding : chunked',
    'x-request-id: a\r\n folded',
  ])('two ways to read one request is no request: %j', async headers => {
    const smuggled = 'GET /easemob/password HTTP/1.1\r\nhost: x\r\n\r\n'
    const request = `POST /easemob/group HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n0\r\n\r\n${smuggled}`
    const text = await sendAndHangUp(gateway.url, Buffer.from(request))
    expect(text.match(/HTTP\/1\.1 \d+/g)?.slice(0, 2)).toEqual(['HTTP/1.1 400'])
  })
})
