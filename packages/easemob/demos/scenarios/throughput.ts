import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Pool } from 'undici'
import { z } from 'zod'
import { createEasemob } from '../../src/index.ts'
import { limited } from './limited.ts'

const vendorSchema = z.object({
  baseUrl: z.string(),
  appKey: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
})

export type ThroughputResult = { wrapperPerSecond: number; barePerSecond: number; ratio: number }

/**
 * Measures the same `GET /users/{username}` through the client and through a bare pool, in short alternating rounds, so that a busy machine slows
 * both.
 */
export async function throughput(
  calls: number,
  concurrency: number,
  rounds: number,
): Promise<ThroughputResult> {
  const worker = new Worker(new URL('./emulator-worker.ts', import.meta.url))
  const [message] = await once(worker, 'message')
  const vendor = vendorSchema.parse(message)
  const easemob = createEasemob({ ...vendor, callsPerSecond: 1_000_000, maxConnections: concurrency })
  const pool = new Pool(vendor.baseUrl, { connections: concurrency, pipelining: 1 })
  await easemob.users.create({ username: 'u', password: 'secret' })
  const headers = { authorization: `Bearer ${await easemob.token.get()}`, accept: 'application/json' }
  const path = `/${vendor.appKey.replace('#', '/')}/users/u`
  const bare = async (): Promise<void> => {
    const { body } = await pool.request({ method: 'GET', path, headers })
    await body.json()
  }
  const wrapped = async (): Promise<void> => {
    await easemob.users.get('u')
  }
  const spent = { bare: 0, wrapped: 0 }
  await time(calls, concurrency, bare)
  await time(calls, concurrency, wrapped)
  for (let round = 0; round < rounds; round++) {
    spent.bare += await time(calls, concurrency, bare)
    spent.wrapped += await time(calls, concurrency, wrapped)
  }
  await Promise.all([easemob.close(), pool.close()])
  await worker.terminate()
  const perSecond = (seconds: number): number => (calls * rounds) / seconds
  return {
    wrapperPerSecond: perSecond(spent.wrapped),
    barePerSecond: perSecond(spent.bare),
    ratio: spent.bare / spent.wrapped,
  }
}

/** Makes the calls and returns the seconds they took. */
async function time(calls: number, concurrency: number, call: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await limited(calls, concurrency, call)
  return (performance.now() - startedAt) / 1_000
}
