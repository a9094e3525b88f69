import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Drain, drainOf } from './drain.ts'
import { destroySlowReaders } from './slow-readers.ts'

/** A running HTTP server. */
export interface Listening {
  readonly url: string
  /** Stops the server; see {@link Drain}. */
  readonly close: Drain
}

// The Android app sends up to 2,000 members in the query, about 24 KB.
const maxHeaderSize = 64 * 1024

/** After how many ms a slow connection is destroyed. */
export interface Timeouts {
  /** For receiving the headers. */
  readonly headersTimeout: number
  /** For receiving the whole request. */
  readonly requestTimeout: number
  /** For the client to read the response. */
  readonly answerTimeout: number
  /** Between two checks of all connections. */
  readonly connectionsCheckingInterval: number
}

const defaultTimeouts: Timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  answerTimeout: 60_000,
  connectionsCheckingInterval: 2000,
}

/**
 * Starts an HTTP server.
 * @param port 0 for a free one
 * @param timeouts default: 10 s for the headers, 30 s for the whole request, 60 s for reading the response
 * @throws the system's error, when the port is in use for one
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
  timeouts: Timeouts = defaultTimeouts,
): Promise<Listening> {
  const listener = getRequestListener(fetch)
  const server = createServer(
    { maxHeaderSize, keepAliveTimeout: 65_000, ...timeouts },
    (request, response) => {
      if (isHost(request.headers.host)) listener(request, response)
      else response.writeHead(400).end()
    },
  )
  destroySlowReaders(server, timeouts.answerTimeout, timeouts.connectionsCheckingInterval)
  const close = drainOf(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { url: urlOf(server, host), close }
}

/** Whether a URL with this host is valid; otherwise the listener would throw: `9007199254740993` is no name or address. */
function isHost(host: string | undefined): boolean {
  return host === undefined || (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`))
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
