import { Pool } from 'undici'
import { drive, requestOf } from './connection.ts'
import type { Running } from './process.ts'

/** One request, to be sent again and again. */
export interface Ask {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a server did under load. */
export interface Throughput {
  readonly perSecond: number
  /** Microseconds of the server's processor time an answer cost. */
  readonly cpuMicros: number
}

export interface LoadOptions {
  readonly connections: number
  readonly seconds: number
}

/**
 * Keeps `connections` requests under way for some seconds, going round the asks.
 * @throws Error when anything but a 2xx is answered: a refusal is quick, and no measure of work
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
  // Each connection has its own share: all at the same one would be one caller at once.
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
 * Sends each ask once, `atOnce` under way at any time, and times every answer.
 * @returns ms of each, in no particular order
 */
export async function times(url: string, asks: readonly Ask[], atOnce: number): Promise<number[]> {
  const pool = new Pool(url, { connections: atOnce })
  const waiting = asks[Symbol.iterator]()
  const took: number[] = []
  const lane = async () => {
    for (const ask of waiting) {
      const began = performance.now()
      await send(pool, ask)
      took.push(performance.now() - began)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, lane))
  } finally {
    await pool.close()
  }
  return took
}

/** Sends one request and gives the body. @throws Error for anything but a 2xx */
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

/** One request on a connection of its own. */
export async function ask(url: string, one: Ask): Promise<{ status: number; text: string }> {
  const pool = new Pool(url, { connections: 1 })
  try {
    return await send(pool, one)
  } finally {
    await pool.close()
  }
}
