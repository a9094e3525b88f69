import { Agent, get, type IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../../src/start/listen.ts'

const farAwayMs = 60_000
const agents: Agent[] = []
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy()
})

/** Over a connection that stays open between requests, as browsers and proxies have it. */
function request(url: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, { agent }, resolve).on('error', reject))
}
const keepAlive = () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agents.push(agent)
  return agent
}

/** A promise with its handles outside. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

test('closing lets a running request finish, and waits for nothing else', async () => {
  const [arrived, go] = [gate(), gate()]
  const server = await listen(
    async () => {
      arrived.open()
      await go.opened
      return new Response('done')
    },
    '127.0.0.1',
    0,
  )
  const answer = request(server.url, keepAlive())
  await arrived.opened
  const closed = server.close(farAwayMs)
  await expect(request(server.url, keepAlive())).rejects.toThrow()
  go.open()
  const { statusCode, headers } = await answer
  expect([statusCode, headers.connection]).toEqual([200, 'close'])
  await closed
})

test('idle connections do not keep it open', async () => {
  const server = await listen(() => new Response('x'), '127.0.0.1', 0)
  const answer = await request(server.url, keepAlive())
  answer.resume()
  await new Promise(resolve => answer.once('end', resolve))
  await server.close(farAwayMs)
})

test('an event stream is cut, so that its reader comes back', async () => {
  let cancelled = false
  const stream = new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    cancel() {
      cancelled = true
    },
  })
  const server = await listen(
    () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } }),
    '127.0.0.1',
    0,
  )
  const answer = await request(server.url, keepAlive())
  const ended = new Promise(resolve => answer.once('error', resolve).once('end', () => resolve('ended')))
  answer.resume()
  await server.close(farAwayMs)
  expect(await ended).toBeInstanceOf(Error)
  expect(cancelled).toBe(true)
})

test('a request that never ends is cut when time is up', async () => {
  const arrived = gate()
  const server = await listen(
    () => {
      arrived.open()
      return new Promise<Response>(() => {})
    },
    '127.0.0.1',
    0,
  )
  const answer = request(server.url, keepAlive())
  answer.catch(() => {})
  await arrived.opened
  await server.close(50)
  await expect(answer).rejects.toThrow()
})
