import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Drain, drainOf } from './drain.ts'
import { cutSlowReaders } from './slow-readers.ts'

/** An HTTP server that answers. */
export interface Listening {
  readonly url: string
  readonly close: Drain
}

// Android sends up to 2,000 members in the query: some 24 KB.
const maxHeaderSize = 64 * 1024

/** How slowly a request may come and its answer be taken before the connection is cut off, in ms. */
export interface Patience {
  /** For the headers. */
  readonly headersTimeout: number
  /** For the whole request. */
  readonly requestTimeout: number
  /** For an answer to be fetched. */
  readonly answerTimeout: number
  /** Between two looks for those who are too slow. */
  readonly connectionsCheckingInterval: number
}

const patience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  answerTimeout: 60_000,
  connectionsCheckingInterval: 2000,
}

/**
 * Starts to answer.
 * @param port 0 takes a free one
 * @param slow whom to cut off; 10 s for the headers, 30 s for the whole request and 60 s to fetch the answer where absent
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
  slow: Patience = patience,
): Promise<Listening> {
  const listener = getRequestListener(fetch)
  // Nearly all requests name the same host, and a look at it costs as much as finding the route.
  let lastHost: string | undefined
  const isAccepted = (name: string | undefined) => {
    if (name !== undefined && name === lastHost) return true
    if (!isHost(name)) return false
    lastHost = name
    return true
  }
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 65_000, ...slow }, (request, response) => {
    if (isAccepted(request.headers.host)) listener(request, response)
    else response.writeHead(400).end()
  })
  cutSlowReaders(server, slow.answerTimeout, slow.connectionsCheckingInterval)
  const close = drainOf(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return { url: urlOf(server, host), close }
}

/** Whether a URL can be made of it: `9007199254740993` is neither a name nor an address. */
function isHost(host: string | undefined): boolean {
  return host === undefined || (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`))
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
