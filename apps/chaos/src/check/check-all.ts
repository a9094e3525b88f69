import type { Scene } from '../load/scene.ts'
import type { Gateway } from '../world/gateway.ts'
import { checkLogins, checkMortals, checkRuns } from './check-accounts.ts'
import { checkGroups } from './check-groups.ts'
import { checkNotices, collectNotices } from './check-notices.ts'
import { waitUntilDrained, waitUntilSettled } from './wait-until-quiet.ts'

const drainMs = 300_000

/** With a vendor that is well, everything comes to its end, and everything is checked. */
export async function checkAll(scene: Scene, gateway: Gateway, settleMs: number): Promise<void> {
  const { findings } = scene
  const broken = findings.violations.has('settled')
  await waitUntilSettled(scene, gateway, settleMs)
  const drained = await waitUntilDrained(scene, broken ? settleMs : drainMs)
  collectNotices(scene)
  await checkGroups(scene, true)
  await checkRuns(scene)
  await checkLogins(scene)
  await checkMortals(scene, drained)
  findings.check('notices', drained, () => 'the queue did not run empty')
  checkNotices(scene)
}
