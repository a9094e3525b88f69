import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createEasemob, type Easemob, type EasemobOptions } from '../../src/index.ts'

/** A request that the server received. */
export type Received = { method: string; url: string; body: string; authorization: string | undefined }
/** An answer, or a function that handles the request itself, for example by closing the connection. */
export type Answer =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | ((response: ServerResponse, request: IncomingMessage) => void)

export type ScriptedVendor = {
  easemob: Easemob
  /** All requests received but token exchanges. */
  received: Received[]
  tokens: number
  baseUrl: string
} & AsyncDisposable

/** Starts a server that gives each call the next of `answers`, repeating the last one, and a client of it. */
export async function scriptedVendor(
  answers: Answer | Answer[],
  options: Partial<EasemobOptions> = {},
): Promise<ScriptedVendor> {
  const queue = Array.isArray(answers) ? [...answers] : [answers]
  const received: Received[] = []
  const vendor = { tokens: 0 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      if (url.endsWith('/token') && body.includes('client_credentials')) {
        vendor.tokens++
        return send(response, { json: { access_token: `YWMt-${vendor.tokens}`, expires_in: 3600 } })
      }
      received.push({ method, url, body, authorization: headers.authorization })
      const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? {}
      if (typeof answer === 'function') answer(response, request)
      else send(response, answer)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const baseUrl = `http://127.0.0.1:${address.port}`
  const easemob = createEasemob({
    ...{ appKey: 'org#app', clientId: 'id', clientSecret: 'client-secret', baseUrl },
    ...{ callsPerSecond: Number.POSITIVE_INFINITY, ...quickTime(), ...options },
  })
  return {
    easemob,
    received,
    baseUrl,
    get tokens() {
      return vendor.tokens
    },
    async [Symbol.asyncDispose]() {
      await easemob.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export function send(
  response: ServerResponse,
  { status = 200, json, text, headers = {} }: Exclude<Answer, (...args: never[]) => void>,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text ?? JSON.stringify(json ?? {}))
}

/** A clock that only `sleep` and `advance` move; `sleep` returns at once. `slept` lists the durations. */
export function quickTime(start = 1_700_000_000_000): {
  clock: () => number
  sleep: (ms: number) => Promise<void>
  slept: number[]
  advance(ms: number): void
} {
  let now = start
  const slept: number[] = []
  return {
    clock: () => now,
    sleep: async ms => {
      slept.push(ms)
      now += ms
    },
    slept,
    advance(ms) {
      now += ms
    },
  }
}

export const vendorError = (
  status: number,
  error: string,
  description: string,
  headers?: Record<string, string>,
) => ({
  status,
  json: { error, exception: 'SomeException', timestamp: 1, duration: 0, error_description: description },
  ...(headers && { headers }),
})

export const userAnswer = (username: string) => ({
  json: {
    action: 'get',
    entities: [{ uuid: 'x', type: 'user', created: 1, modified: 2, username, activated: true }],
  },
})
