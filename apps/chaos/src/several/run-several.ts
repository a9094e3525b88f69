import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '../random.ts'
import type { Gateway } from '../world/gateway.ts'
import { createWorld, type World } from '../world/world.ts'

export interface SeveralOptions {
  readonly users: number
  readonly seed: number
  /** Vendor calls a second for all processes together: 60 users a call. */
  readonly callsPerSecond: number
  /** ms between two kills */
  readonly killEveryMs: number
}

export interface SeveralReport {
  readonly kills: ReadonlyMap<string, number>
  readonly users: number
  readonly run: { state: string; total: number; done: number; failed: number }
  /** Users the vendor has made, and how many it has. */
  readonly created: number
  readonly atVendor: number
  /** Users that were named to the vendor again after a death, and adopted. */
  readonly namedAgain: number
  readonly registeredHere: number
  /** Passwords handed out by the gateway that were looked at, and those of them the vendor has not. */
  readonly passwords: { looked: number; wrong: number }
  /** Requests answered, and failed, by the serving processes while others died. */
  readonly requests: { answered: number; failed: number }
  readonly seconds: number
  /** What did not hold; empty when all did. */
  readonly violations: readonly string[]
}

/** Two that serve, two that work. */
const roles = ['api', 'all', 'worker'] as const
type Role = (typeof roles)[number]

const importAtOnce = 1000
const pollMs = 250
const passwordsLookedAt = 200
const firstId = 1000

/** Several processes on one Postgres, one of them dying again and again while all users are being registered. */
export async function runSeveral(options: SeveralOptions): Promise<SeveralReport> {
  const world = await createWorld({
    database: 'postgres',
    latencyMs: 2,
    leaseMs: 1000,
    env: { EASEMOB_CALLS_PER_SECOND: String(options.callsPerSecond), PORT: '0' },
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
  const processes = new Map<Role, Gateway>()
  const start = async (role: Role) => processes.set(role, await world.start({ ROLE: role }))
  await Promise.all(roles.map(start))
  const serving = () => {
    const gateway = processes.get(random.chance(0.5) ? 'api' : 'all')
    if (!gateway) throw new Error('Every role has a process')
    return world.clientsOf(gateway.url)
  }
  for (let at = 0; at < users; at += importAtOnce)
    await serving().admin.users.import.mutate({
      users: Array.from({ length: Math.min(importAtOnce, users - at) }, (_, i) => {
        const id = String(firstId + at + i)
        return { id, name: `u${id}` }
      }),
    })

  const began = performance.now()
  const { run: started } = await serving().admin.accounts.registerMissing.mutate({ wait: 0 })
  const kills = new Map<string, number>()
  const requests = { answered: 0, failed: 0 }
  const violations: string[] = []
  const ended = new AbortController()

  const killing = async () => {
    while (!ended.signal.aborted) {
      await delay(killEveryMs, undefined, { signal: ended.signal }).catch(() => undefined)
      if (ended.signal.aborted) return
      const role = random.pick(roles)
      await processes.get(role)?.kill()
      kills.set(role, (kills.get(role) ?? 0) + 1)
      await start(role)
    }
  }
  const watching = async () => {
    for (let done = 0; ; await delay(pollMs)) {
      const run = await serving()
        .admin.runs.get.query({ id: started.id })
        .catch(() => null)
      requests[run ? 'answered' : 'failed']++
      if (run && run.done < done) violations.push(`the run went back from ${done} to ${run.done}`)
      done = run?.done ?? done
      if (run && run.state !== 'running') return run
    }
  }
  const killer = killing()
  const { state, total, done, failed } = await watching().finally(() => ended.abort())
  const seconds = (performance.now() - began) / 1000
  await killer

  const client = serving()
  const status = await client.admin.system.status.query()
  const { emulator } = world
  const passwords = { looked: 0, wrong: 0 }
  for (const offset of random.some([...Array(users).keys()], passwordsLookedAt)) {
    const id = String(firstId + offset)
    const { im_pwd_hash } = await client.as(id).accounts.password.query()
    passwords.looked++
    if (emulator.state.users.get(id)?.password !== im_pwd_hash) passwords.wrong++
  }
  const { usersCreated: created, existingUsersNamed: namedAgain } = emulator.requests.tallies()
  const atVendor = emulator.state.users.count
  const registeredHere = status.counts.accounts
  const must = (holds: boolean, what: string) => void (holds || violations.push(what))
  must(state === 'done', `the run is ${state}`)
  must(total === users && done === users && failed === 0, `${done} + ${failed} of ${total}, not ${users}`)
  must(
    created === users && atVendor === users,
    `the vendor made ${created} and has ${atVendor}, not ${users}`,
  )
  must(registeredHere === users, `${registeredHere} are registered here, not ${users}`)
  must(passwords.wrong === 0, `${passwords.wrong} passwords are not the vendor's`)
  must(kills.size > 0, 'nothing was killed: the run is too short')
  const run = { state, total, done, failed }
  return {
    kills,
    users,
    run,
    created,
    atVendor,
    namedAgain,
    registeredHere,
    passwords,
    requests,
    seconds,
    violations,
  }
}
