import { setTimeout as delay } from 'node:timers/promises'
import { type FailpointName, failpoints } from '../../../server/src/durable/failpoints.ts'
import { checkPasswords } from '../check/check-accounts.ts'
import { checkAll } from '../check/check-all.ts'
import { checkGroups } from '../check/check-groups.ts'
import { collectNotices, repeats } from '../check/check-notices.ts'
import { waitUntilCompleted } from '../check/wait-until-quiet.ts'
import { load } from '../load/load.ts'
import { Scene } from '../load/scene.ts'
import { Findings } from '../model/findings.ts'
import { Ledger } from '../model/ledger.ts'
import type { Outcome } from '../model/outcome.ts'
import { Register } from '../model/register.ts'
import { createRandom } from '../random.ts'
import { DiedAtStart, type Gateway } from '../world/gateway.ts'
import { createWorld } from '../world/world.ts'
import { addFaults } from './faults.ts'
import { type Death, killPlan } from './kill-plan.ts'

export interface KillOptions {
  readonly kills: number
  readonly seed: number
  readonly database: 'postgres' | 'pglite'
  readonly recovery: boolean
  readonly leaseMs: number
  /** The failpoints to kill at, beside random moments. Default: all. */
  readonly points?: readonly FailpointName[]
  /** ms that recovery may take before it counts as stuck. Default 30,000. */
  readonly completeMs?: number
  /** Called after every kill. */
  readonly onKill?: (kills: number, at: string) => void
}

/** The results of a run. A recovery lasts from the start of a process until every write is completed. */
export interface KillReport extends Outcome {
  /** Number of kills by failpoint; `random` for random moments. */
  readonly kills: ReadonlyMap<string, number>
  readonly noticesRepeated: number
}

const peopleAtFirst = 40
const mortals = 6
const defaultCompleteMs = 30_000
/** After a violation of `completed`, later checks wait no longer than this, since they would find the same. */
const laterCompleteMs = 1000
/** With so many kills for each failpoint, every failpoint must have killed a process. */
const killsAPoint = 4
const runEvery = 4
const runOf = 130
const passwordsLookedAt = 12
const deathNoticedMs = 2000

/**
 * Kills the gateway repeatedly under load, and checks after each restart that no write was lost or performed twice. The
 * vendor has faults all the time, except during the last check.
 */
export async function runKills(options: KillOptions): Promise<KillReport> {
  const { completeMs = defaultCompleteMs, points = failpoints } = options
  const began = performance.now()
  const random = createRandom(options.seed)
  const world = await createWorld({
    database: options.database,
    latencyMs: 2,
    leaseMs: options.leaseMs,
    recovery: options.recovery,
  })
  const { emulator, clients } = world
  const scene = new Scene({ emulator, clients, random, ledger: new Ledger(), findings: new Findings() })
  const { findings, ledger } = scene
  const kills = new Map<string, number>()
  const recoveries: number[] = []
  let killed = 0
  const count = (at: string) => {
    kills.set(at, (kills.get(at) ?? 0) + 1)
    killed++
    options.onKill?.(killed, at)
  }

  const patience = () =>
    findings.violations.has('completed') ? Math.min(laterCompleteMs, completeMs) : completeMs

  /** Starts a gateway that will be killed, and checks after its recovery, unless it dies before. */
  async function restart(death: Death): Promise<Gateway | null> {
    const startedAt = performance.now()
    const gateway = await world.start('crashAt' in death ? { CRASH_AT: death.crashAt } : {})
    const completed = await waitUntilCompleted(scene, gateway, patience())
    if (completed === null) return null
    if (completed) recoveries.push(performance.now() - startedAt)
    try {
      collectNotices(scene)
      await checkGroups(scene, killed % 20 === 0)
      await checkPasswords(scene, random.some(ledger.people, passwordsLookedAt))
    } catch (error) {
      // A check may pass the failpoint and kill the gateway; then the check after the next restart counts. The broken
      // connection is noticed before the end of the process is.
      await Promise.race([gateway.gone, delay(deathNoticedMs)])
      if (gateway.alive) throw error
    }
    return gateway.alive ? gateway : null
  }

  async function live(death: Death): Promise<string> {
    const gateway = await restart(death).catch(error => {
      if (error instanceof DiedAtStart) return null
      throw error
    })
    if (!gateway) return death.at
    const timer = new AbortController()
    const killer = delay(death.afterMs, true, { signal: timer.signal }).catch(() => false)
    const dying = Promise.race([gateway.gone.then(() => false), killer]).then(async late => {
      timer.abort()
      await gateway.kill()
      return late
    })
    const runs = /^run/.test(death.at) || killed % runEvery === 0
    await load(scene, { clients: 8, thinkMs: 30, runOf: runs ? runOf : 0, going: () => gateway.alive })
    return (await dying) ? 'random' : death.at
  }

  try {
    const first = await world.start()
    await scene.importPeople(peopleAtFirst)
    for (const id of ledger.people.splice(0, mortals)) ledger.mortals.set(id, new Register(true))
    await first.kill()
    addFaults(emulator, options.seed)
    for (const death of killPlan(random, points)) {
      if (killed >= options.kills) break
      count(await live(death))
    }
    emulator.faults.clear()
    const last = await world.start()
    await checkAll(scene, last, patience())
    await last.stop()
    if (killed >= points.length * killsAPoint)
      for (const point of points)
        findings.check('killed', kills.has(point), () => `no process was killed at ${point}`)
  } finally {
    await world.close()
  }
  return {
    kills,
    deaths: killed,
    counts: ledger.counts,
    findings,
    recoveries,
    noticesRepeated: repeats(scene),
    seconds: (performance.now() - began) / 1000,
    log: world.log,
  }
}
