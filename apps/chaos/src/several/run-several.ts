import { setTimeout as delay } from 'node:timers/promises'
import { attempt } from '../load/attempt.ts'
import { Findings } from '../model/findings.ts'
import { Ledger } from '../model/ledger.ts'
import type { Outcome } from '../model/outcome.ts'
import { createRandom } from '../random.ts'
import type { Gateway } from '../world/gateway.ts'
import { createWorld, type World } from '../world/world.ts'
import { checkRegistered, type Registered } from './check-registered.ts'
import { people } from './people.ts'

export interface SeveralOptions {
  readonly users: number
  readonly seed: number
  /** Vendor calls a second of all processes; a call registers 60 users. */
  readonly callsPerSecond: number
  /** ms between two kills */
  readonly killEveryMs: number
  readonly leaseMs: number
  readonly recovery: boolean
}

/** The results of the run. A recovery lasts from the start of a process to its first answer. */
export interface SeveralReport extends Outcome {
  readonly kills: ReadonlyMap<string, number>
  readonly run: { state: string; total: number; done: number; failed: number }
  readonly registered: Registered
  readonly usersPerSecond: number
}

/** Two servers, one of which also works on runs, and a worker. */
const roles = ['api', 'all', 'worker'] as const
type Role = (typeof roles)[number]

const importAtOnce = 1000
const pollMs = 250

/** Kills processes one at a time while several of them on one Postgres register all users. */
export async function runSeveral(options: SeveralOptions): Promise<SeveralReport> {
  const { leaseMs, recovery, callsPerSecond } = options
  const world = await createWorld({
    ...{ database: 'postgres', latencyMs: 2, leaseMs, recovery },
    env: { EASEMOB_CALLS_PER_SECOND: String(callsPerSecond), PORT: '0' },
  })
  try {
    return await registerAmidKills(world, options)
  } finally {
    await world.close()
  }
}

async function registerAmidKills(world: World, options: SeveralOptions): Promise<SeveralReport> {
  const { users, seed, killEveryMs } = options
  const random = createRandom(seed)
  const findings = new Findings()
  const ledger = new Ledger()
  const processes = new Map<Role, Gateway>()
  const start = async (role: Role) => processes.set(role, await world.start({ ROLE: role }))
  await Promise.all(roles.map(start))
  const serving = () => {
    const gateway = processes.get(random.chance(0.5) ? 'api' : 'all')
    if (!gateway) throw new Error('Every role has a process')
    return world.clientsOf(gateway.url)
  }
  for (let at = 0; at < users; at += importAtOnce)
    await serving().admin.users.import.mutate({ users: people(at, Math.min(importAtOnce, users - at)) })

  const began = performance.now()
  const { run: started } = await serving().admin.accounts.registerMissing.mutate({ wait: 0 })
  const kills = new Map<string, number>()
  const recoveries: number[] = []
  const ended = new AbortController()

  const killing = async () => {
    while (!ended.signal.aborted) {
      await delay(killEveryMs, undefined, { signal: ended.signal }).catch(() => undefined)
      if (ended.signal.aborted) return
      const role = random.pick(roles)
      await processes.get(role)?.kill()
      kills.set(role, (kills.get(role) ?? 0) + 1)
      const startedAt = performance.now()
      await start(role)
      recoveries.push(performance.now() - startedAt)
    }
  }
  const watching = async () => {
    for (let done = 0; ; await delay(pollMs)) {
      const answered = await attempt(ledger, serving().admin.runs.get.query({ id: started.id }))
      if (answered.kind !== 'acknowledged') continue
      const run = answered.value
      findings.check('acknowledged', run.done >= done, () => `the run went back from ${done} to ${run.done}`)
      done = run.done
      if (run.state !== 'running') return run
    }
  }
  const killer = killing()
  const { state, total, done, failed } = await watching().finally(() => ended.abort())
  const seconds = (performance.now() - began) / 1000
  await killer

  findings.check('killed', kills.size > 0, () => 'nothing was killed: the run is too short')
  findings.check(
    'registeredAll',
    state === 'done' && total === users && done === users && failed === 0,
    () => `the run is ${state} with ${done} + ${failed} of ${total}, not ${users}`,
  )
  const registered = await checkRegistered({ world, clients: serving(), findings, random, users })
  return {
    ...{ deaths: recoveries.length, counts: ledger.counts, findings, recoveries, log: world.log },
    ...{ kills, run: { state, total, done, failed }, registered, seconds, usersPerSecond: users / seconds },
  }
}
