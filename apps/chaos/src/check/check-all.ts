import type { Scene } from '../load/scene.ts'
import type { Gateway } from '../world/gateway.ts'
import { checkLogins, checkMortals, checkRuns } from './check-accounts.ts'
import { checkGroups } from './check-groups.ts'
import { checkNotices, collectNotices } from './check-notices.ts'
import { waitUntilCompleted, waitUntilDrained } from './wait-until-quiet.ts'

const drainMs = 300_000

/** Waits until all writes and jobs are completed, then checks all invariants; the vendor must have no faults. */
export async function checkAll(scene: Scene, gateway: Gateway, completeMs: number): Promise<void> {
  const { findings } = scene
  const broken = findings.violations.has('completed')
  await waitUntilCompleted(scene, gateway, completeMs)
  const drained = await waitUntilDrained(scene, broken ? completeMs : drainMs)
  collectNotices(scene)
  await checkGroups(scene, true)
  await checkRuns(scene)
  await checkLogins(scene)
  await checkMortals(scene, drained)
  findings.check('notices', drained, () => 'the queue did not run empty')
  checkNotices(scene)
}
