import { setTimeout as delay } from 'node:timers/promises'
import { isGatewayError } from '@easemob-gateway/client'
import { checkAll } from '../check/check-all.ts'
import { load } from '../load/load.ts'
import { Scene } from '../load/scene.ts'
import { Findings } from '../model/findings.ts'
import { Ledger } from '../model/ledger.ts'
import { Register } from '../model/register.ts'
import { createRandom } from '../random.ts'
import type { Clients } from '../world/clients.ts'
import { createWorld } from '../world/world.ts'

export interface DatabaseOptions {
  /** How often the database goes and comes back. */
  readonly times: number
  readonly seed: number
  /** ms of load before each outage, and of each outage */
  readonly loadMs: number
  readonly outageMs: number
}

export interface DatabaseReport {
  readonly counts: Ledger['counts']
  readonly findings: Findings
  /** Answers to a simple question while the database was away, by HTTP status; 0: no answer. */
  readonly outage: ReadonlyMap<number, number>
  /** ms of the slowest of these answers. */
  readonly slowestMs: number
  readonly readyz: readonly number[]
  /** ms from the database's return to the first success. */
  readonly returns: readonly number[]
  /** Whether the process that was there before is still there. */
  readonly survived: boolean
  readonly violations: readonly string[]
}

const people = 30
const mortals = 4
const settleMs = 30_000
const returnWithinMs = 30_000

/** Takes the database away in the midst of load, and gives it back; the gateway is never restarted. */
export async function runDatabase(options: DatabaseOptions): Promise<DatabaseReport> {
  const random = createRandom(options.seed)
  const world = await createWorld({ database: 'postgres', latencyMs: 2, leaseMs: 1000 })
  const { emulator, clients, postgres } = world
  const scene = new Scene({ emulator, clients, random, ledger: new Ledger(), findings: new Findings() })
  const outage = new Map<number, number>()
  const readyz: number[] = []
  const returns: number[] = []
  const violations: string[] = []
  let slowestMs = 0
  try {
    const gateway = await world.start()
    await scene.importPeople(people)
    for (const id of scene.ledger.people.splice(0, mortals)) scene.ledger.mortals.set(id, new Register(true))
    for (let time = 0; time < options.times; time++) {
      const state = { going: true }
      const loading = load(scene, { clients: 8, thinkMs: 30, runOf: 100, going: () => state.going })
      await delay(options.loadMs)
      await postgres?.stop()
      const until = performance.now() + options.outageMs
      while (performance.now() < until) {
        const asked = performance.now()
        const status = await statusOf(clients)
        slowestMs = Math.max(slowestMs, performance.now() - asked)
        outage.set(status, (outage.get(status) ?? 0) + 1)
        readyz.push(
          await fetch(`${gateway.url}/readyz`).then(
            ({ status }) => status,
            () => 0,
          ),
        )
        if (!gateway.alive) throw new Error(`The gateway died: ${lastWords(world.log)}`)
        await delay(50)
      }
      const back = performance.now()
      await postgres?.start()
      while ((await statusOf(clients)) !== 200 && performance.now() - back < returnWithinMs) await delay(20)
      returns.push(performance.now() - back)
      await delay(options.loadMs)
      state.going = false
      await loading
    }
    await checkAll(scene, gateway, settleMs)
    const others = [...outage.keys()].filter(status => status !== 503)
    if (others.length > 0)
      violations.push(`answers other than 503 while the database was away: ${others.join(', ')}`)
    if (readyz.some(status => status !== 503)) violations.push('/readyz did not say 503 throughout')
    const slowReturn = returns.find(ms => ms >= returnWithinMs)
    if (slowReturn !== undefined) violations.push(`no success within ${returnWithinMs} ms of the return`)
    const survived = gateway.alive
    const { counts } = scene.ledger
    return { counts, findings: scene.findings, outage, slowestMs, readyz, returns, survived, violations }
  } finally {
    await world.close()
  }
}

async function statusOf({ admin }: Clients): Promise<number> {
  try {
    await admin.users.list.query({ limit: 1 })
    return 200
  } catch (error) {
    return isGatewayError(error) ? error.data.httpStatus : 0
  }
}

/** What is no log line: the runtime's own words. */
function lastWords(log: readonly string[]): string {
  return log.filter(line => !line.startsWith('{')).join('\n')
}
