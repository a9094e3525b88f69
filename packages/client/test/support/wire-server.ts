import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A received request. */
export interface Seen {
  readonly method: string
  readonly url: URL
  readonly authorization: string | undefined
  readonly lastEventId: string | undefined
}

/** A plain HTTP server on a free port. It answers through the test's callback and records the requests. */
export async function wireServer(answer: (seen: Seen, response: ServerResponse, count: number) => void) {
  const requests: Seen[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const lastEventId = request.headers['last-event-id']
    const seen: Seen = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://wire'),
      authorization: request.headers.authorization,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    }
    requests.push(seen)
    answer(seen, response, requests.length)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** An error in the shape of the gateway's tRPC adapter. */
export function refusal(reason: string, status: number, more: object = {}) {
  return {
    error: {
      message: `refused: ${reason}`,
      code: -32600,
      data: { code: 'BAD_REQUEST', httpStatus: status, reason, ...more },
    },
  }
}

/** Opens an event stream whose reader reconnects after a millisecond. */
export function eventStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('retry: 1\nevent: connected\ndata: {}\n\n')
}
