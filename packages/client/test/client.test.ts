import { expect, test } from 'vitest'
import { createClient, isGatewayError } from '../src/index.ts'
import { eventStream, json, refusal, wireServer } from './support/wire-server.ts'

test('a call is one request to /trpc with the token asked for just then', async () => {
  await using server = await wireServer((_, response) =>
    json(response, 200, { result: { data: [{ im_group_id: '1', group_face: 0 }] } }),
  )
  let made = 0
  const client = createClient({ url: `${server.url}/`, token: async () => `t${++made}` })
  const [faces] = await Promise.all([
    client.groups.faces.query({ im_group_id: ['1'] }),
    client.groups.faces.query({ im_group_id: ['2'] }),
  ])
  expect(faces).toEqual([{ im_group_id: '1', group_face: 0 }])
  expect(server.requests.map(seen => seen.url.pathname)).toEqual(['/trpc/groups.faces', '/trpc/groups.faces'])
  expect(server.requests.map(seen => seen.authorization).sort()).toEqual(['Bearer t1', 'Bearer t2'])
})

test('with batch, calls of one tick share a request, at most ten in each', async () => {
  await using server = await wireServer((seen, response) => {
    const calls = seen.url.pathname.split(',')
    json(
      response,
      200,
      calls.map(() => ({ result: { data: [] } })),
    )
  })
  const client = createClient({ url: server.url, token: 't', batch: true })
  await Promise.all(Array.from({ length: 12 }, () => client.groups.faces.query({ im_group_id: ['1'] })))
  expect(server.requests.map(seen => seen.url.pathname.split(',').length).sort()).toEqual([10, 2])
})

test('a path in front of the base URL is kept', async () => {
  await using server = await wireServer((_, response) => json(response, 200, { result: { data: null } }))
  await createClient({ url: `${server.url}/im/` }).groups.delete.mutate({ im_group_id: '1' })
  expect(server.requests[0]).toMatchObject({ method: 'POST', authorization: undefined })
  expect(server.requests[0]?.url.pathname).toBe('/im/trpc/groups.delete')
})

test('an answered error tells reason, fields and request id; a lost connection is no gateway error', async () => {
  const server = await wireServer((_, response) =>
    json(
      response,
      422,
      refusal('VALIDATION_FAILED', 422, { fields: { desc: ['too long'] }, requestId: 'r1' }),
    ),
  )
  const client = createClient({ url: server.url, token: 't' })
  const refused: unknown = await client.groups.delete.mutate({ im_group_id: '1' }).catch(error => error)
  await server[Symbol.asyncDispose]()
  const lost: unknown = await client.groups.delete.mutate({ im_group_id: '1' }).catch(error => error)
  expect(isGatewayError(refused) && refused.data).toMatchObject({
    reason: 'VALIDATION_FAILED',
    fields: { desc: ['too long'] },
    requestId: 'r1',
  })
  expect(isGatewayError(lost)).toBe(false)
  expect(isGatewayError(new Error('mine'))).toBe(false)
})

test('a subscription survives a dropped stream and a 503, and resumes with a fresh token after the last event', async () => {
  const event = (id: string) => `id: ${id}\ndata: {"done":${id}}\n\n`
  await using server = await wireServer((_, response, count) => {
    if (count === 2) return json(response, 503, refusal('UNAVAILABLE', 503))
    eventStream(response)
    response.write(event(String(count)))
    if (count === 1) setImmediate(() => response.destroy())
    else response.end('event: return\ndata:\n\n')
  })
  let made = 0
  const client = createClient({ url: server.url, token: () => `t${++made}` })
  const seen: string[] = []
  for await (const { id } of client.runs.watch.subscribe({ id: '1' })) seen.push(id)
  expect(seen).toEqual(['1', '3'])
  expect(server.requests.map(request => request.authorization)).toEqual([
    'Bearer t1',
    'Bearer t2',
    'Bearer t3',
  ])
  expect(server.requests.at(-1)?.lastEventId).toBe('1')
})

test('a refused subscription fails with the same error as a call', async () => {
  await using server = await wireServer((_, response) =>
    json(response, 429, refusal('RATE_LIMITED', 429, { retryAfter: 7 })),
  )
  const client = createClient({ url: server.url, token: 't' })
  const error: unknown = await first(client.runs.watch.subscribe({ id: '1' })).catch(
    (error: unknown) => error,
  )
  expect(isGatewayError(error) && error.data).toMatchObject({ reason: 'RATE_LIMITED', retryAfter: 7 })
})

test('a token that cannot be had ends a subscription instead of reconnecting for ever', async () => {
  await using server = await wireServer((_, response) => eventStream(response))
  const client = createClient({ url: server.url, token: () => Promise.reject(new Error('signed out')) })
  await expect(first(client.runs.watch.subscribe({ id: '1' }))).rejects.toThrow('signed out')
  expect(server.requests).toEqual([])
})

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item
  return undefined
}
