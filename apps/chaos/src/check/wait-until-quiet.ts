import { setTimeout as delay } from 'node:timers/promises'
import type { Scene } from '../load/scene.ts'
import type { Gateway } from '../world/gateway.ts'

const pollMs = 25

/**
 * Waits until every write is completed, which is when the invariants must hold.
 *
 * @returns false when that takes too long; null when the gateway has died meanwhile
 */
export async function waitUntilCompleted(
  { clients, findings }: Scene,
  gateway: Gateway,
  patienceMs: number,
): Promise<boolean | null> {
  const began = performance.now()
  let left = Number.POSITIVE_INFINITY
  while (performance.now() - began < patienceMs) {
    const status = await clients.admin.system.status.query().catch(() => null)
    if (!gateway.alive) return null
    left = status?.queue.intents ?? left
    if (left === 0) break
    await delay(pollMs)
  }
  const seconds = Math.round(patienceMs / 1000)
  findings.check('completed', left === 0, () => `${left} half done ${seconds} s after a restart`)
  return left === 0
}

/** Waits until all jobs are done; false when that takes longer than `patienceMs`. */
export async function waitUntilDrained({ clients }: Scene, patienceMs: number): Promise<boolean> {
  const began = performance.now()
  while (performance.now() - began < patienceMs) {
    const status = await clients.admin.system.status.query().catch(() => null)
    if (status && status.queue.waiting + status.queue.dead + status.queue.intents === 0) return true
    await delay(pollMs * 10)
  }
  return false
}
