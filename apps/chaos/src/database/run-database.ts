import { setTimeout as delay } from 'node:timers/promises'
import { isGatewayError } from '@easemob-gateway/client'
import { checkAll } from '../check/check-all.ts'
import { load } from '../load/load.ts'
import { Scene } from '../load/scene.ts'
import { Findings } from '../model/findings.ts'
import { Ledger } from '../model/ledger.ts'
import type { Outcome } from '../model/outcome.ts'
import { Register } from '../model/register.ts'
import { createRandom } from '../random.ts'
import type { Clients } from '../world/clients.ts'
import { createWorld } from '../world/world.ts'

export interface DatabaseOptions {
  /** How often the database is stopped and started. */
  readonly times: number
  readonly seed: number
  /** ms of load before each outage, and ms of each outage. */
  readonly loadMs: number
  readonly outageMs: number
  readonly leaseMs: number
  readonly recovery: boolean
}

/** The results of the outages. A recovery lasts from the start of the database to the first success. */
export interface DatabaseReport extends Outcome {
  /** Number of answers to a simple request during the outages, by HTTP status; 0: no answer. */
  readonly outage: ReadonlyMap<number, number>
  /** The time of the slowest of these answers, in ms. */
  readonly slowestMs: number
  /** Number of answers of `/readyz` during the outages, by HTTP status. */
  readonly readyz: readonly number[]
}

const people = 30
const mortals = 4
const completeMs = 30_000
const returnWithinMs = 30_000

/** Stops and starts the database under load, without restarting the gateway. */
export async function runDatabase(options: DatabaseOptions): Promise<DatabaseReport> {
  const began = performance.now()
  const random = createRandom(options.seed)
  const { leaseMs, recovery } = options
  const world = await createWorld({ database: 'postgres', latencyMs: 2, leaseMs, recovery })
  const { emulator, clients, postgres } = world
  const scene = new Scene({ emulator, clients, random, ledger: new Ledger(), findings: new Findings() })
  const outage = new Map<number, number>()
  const readyz: number[] = []
  const recoveries: number[] = []
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
      recoveries.push(performance.now() - back)
      await delay(options.loadMs)
      state.going = false
      await loading
    }
    await checkAll(scene, gateway, completeMs)
    const { findings, ledger } = scene
    for (const status of outage.keys()) findings.check('answers', status === 503, () => `an answer ${status}`)
    for (const status of readyz) findings.check('answers', status === 503, () => `/readyz ${status}`)
    for (const ms of recoveries)
      findings.check('answers', ms < returnWithinMs, () => `no success within ${returnWithinMs} ms`)
    findings.check('answers', gateway.alive, () => 'the process has ended')
    return {
      ...{ deaths: options.times, counts: ledger.counts, findings, recoveries },
      ...{ outage, slowestMs, readyz, log: world.log, seconds: (performance.now() - began) / 1000 },
    }
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

/** Output that is no log line comes from the runtime. */
function lastWords(log: readonly string[]): string {
  return log.filter(line => !line.startsWith('{')).join('\n')
}
