import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../src/start/listen.ts'

const mebibyte = 1024 * 1024

/** Sends what is given and nothing more; resolves to what came back once the server has hung up. */
function stall(url: string, start: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname, () => socket.write(start))
    let text = ''
    socket.on('data', piece => {
      text += piece.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

describe('who is too slow', () => {
  let server: Listening
  let cutOff = () => {}
  beforeAll(async () => {
    const slow = {
      ...{ headersTimeout: 50, requestTimeout: 100, answerTimeout: 200, connectionsCheckingInterval: 10 },
    }
    const read = async (request: Request) => {
      if (!request.url.endsWith('/large')) return new Response(await request.text())
      request.signal.addEventListener('abort', () => cutOff())
      return new Response(Buffer.alloc(16 * mebibyte))
    }
    server = await listen(read, '127.0.0.1', 0, slow)
  })
  afterAll(() => server.close(1000))

  test.each([
    ['nothing at all', ''],
    ['headers that never end', 'GET / HTTP/1.1\r\nhost: x\r\nx-a: '],
    ['a body that never ends', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nab'],
    ['chunks that never end', 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n'],
  ])('%s: is cut off', async (_, start) => {
    expect(await stall(server.url, start)).toMatch(/^(HTTP\/1\.1 408 [\s\S]*)?$/)
  })

  test.each([
    ['takes nothing of its answer', 0],
    ['takes a little of it now and then', 20],
  ])('who %s is cut off as well', async (_, everyMs) => {
    const { hostname, port } = new URL(server.url)
    const cut = new Promise<void>(resolve => {
      cutOff = resolve
    })
    const socket = createConnection(Number(port), hostname, () =>
      socket.write('GET /large HTTP/1.1\r\nhost: x\r\n\r\n'),
    )
    socket.on('error', () => {})
    socket.pause()
    let taken = 0
    const taking = setInterval(() => {
      taken += everyMs > 0 ? (socket.read(1)?.length ?? 0) : 0
    }, everyMs)
    await cut
    clearInterval(taking)
    socket.destroy()
    expect(taken).toBeLessThan(mebibyte)
  })

  test('a large answer that is read is read to its end, and its connection lives on', async () => {
    const patient = await listen(async () => new Response(Buffer.alloc(16 * mebibyte)), '127.0.0.1', 0)
    for (let n = 0; n < 2; n++)
      expect((await (await fetch(patient.url)).arrayBuffer()).byteLength).toBe(16 * mebibyte)
    await patient.close(1000)
  })

  test('while others are answered', async () => {
    const stalled = Array.from({ length: 50 }, () => stall(server.url, 'GET / HTTP/1.1\r\nhost: x\r\nx-a: '))
    const answer = await fetch(server.url, { method: 'POST', body: 'quick' })
    expect(await answer.text()).toBe('quick')
    expect(await Promise.all(stalled)).toHaveLength(50)
  })
})
