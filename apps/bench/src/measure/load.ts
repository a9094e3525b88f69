import { Pool } from 'undici'
import { drive, requestOf } from './connection.ts'
import type { Running } from './process.ts'

/** A request that is sent repeatedly. */
export interface Ask {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The results of a server under load. */
export interface Throughput {
  readonly perSecond: number
  /** The server's processor time for an answer, in microseconds. */
  readonly cpuMicros: number
}

export interface LoadOptions {
  readonly connections: number
  readonly seconds: number
}

/**
 * Sends the asks cyclically for some seconds, on `connections` connections.
 * @throws Error for an answer that is not a 2xx, since a refusal takes less work
 */
export async function load(
  server: Running,
  asks: readonly Ask[],
  { connections, seconds }: LoadOptions,
): Promise<Throughput> {
  const url = new URL(server.url)
  const requests = asks.map(({ method = 'GET', path, headers = {}, body }) =>
    requestOf(url.host, method, path, headers, body),
  )
  // Each connection starts at another ask, since otherwise all of them would send the same one at the same time.
  const share = Math.max(1, Math.floor(requests.length / connections))
  const cpu = server.cpuSeconds()
  const began = performance.now()
  const answered = await Promise.all(
    Array.from({ length: connections }, (_, connection) => {
      const from = (connection * share) % requests.length
      return drive(url, requests.slice(from, from + share), began + seconds * 1000)
    }),
  )
  const took = (performance.now() - began) / 1000
  const bad = answered.flatMap(one => [...one.bad])
  if (bad.length > 0) throw new Error(`${server.url} answered badly: ${JSON.stringify(bad.slice(0, 5))}`)
  const good = answered.reduce((sum, one) => sum + one.good, 0)
  return { perSecond: good / took, cpuMicros: ((server.cpuSeconds() - cpu) / good) * 1e6 }
}

/**
 * Sends each ask once, `concurrency` at a time, and measures every answer.
 * @returns the time of each in ms, in no particular order
 */
export async function times(url: string, asks: readonly Ask[], concurrency: number): Promise<number[]> {
  const pool = new Pool(url, { connections: concurrency })
  const waiting = asks[Symbol.iterator]()
  const took: number[] = []
  const sendRemaining = async () => {
    for (const ask of waiting) {
      const began = performance.now()
      await send(pool, ask)
      took.push(performance.now() - began)
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, sendRemaining))
  } finally {
    await pool.close()
  }
  return took
}

/** Sends a request and returns the body. @throws Error for an answer that is not a 2xx */
export async function send(
  pool: Pool,
  { method = 'GET', path, headers = {}, body }: Ask,
): Promise<{ status: number; text: string }> {
  const response = await pool.request({ method, path, headers: { ...headers }, body: body ?? null })
  const text = await response.body.text()
  if (response.statusCode >= 300)
    throw new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 200)}`)
  return { status: response.statusCode, text }
}

/** Sends a request on a new connection. */
export async function ask(url: string, one: Ask): Promise<{ status: number; text: string }> {
  const pool = new Pool(url, { connections: 1 })
  try {
    return await send(pool, one)
  } finally {
    await pool.close()
  }
}
