import { type Ask, times } from '../measure/load.ts'
import { vendorAsk } from '../measure/round-trip.ts'
import { type Family, type Row, row } from '../report/row.ts'
import type { World } from '../world/world.ts'
import { type RunTaken, registerEveryone } from './registration-run.ts'

const batch = 60
const callsPerSecond = 100
const mebibytes = 150
const concurrency = 20
const percent = (share: number) => `${Math.round(share * 100)} %`

/** Registers 100,000 users, with the vendor's limit and without one. */
export const register: Family = {
  name: 'register',
  async run(world) {
    const people = world.quick ? 6000 : 100_000
    const rows = await limited(world, people)
    await world.sweep()
    const taken = await registerEveryone(world, people, null)
    await world.sweep()
    const rates = {
      ours: people / taken.seconds,
      against: await bareRate(world, people),
      unit: 'users/s',
    }
    return [
      ...rows,
      row(`register ${named(people)}, vendor unlimited : bare batches of ${batch}`, rates, null, busy(taken)),
    ]
  },
}

/** Registers a million users with the vendor's limit, which takes nearly three minutes. */
export const registerMillion: Family = {
  name: 'register-million',
  run: world => limited(world, world.quick ? 12_000 : 1_000_000),
}

async function limited(world: World, people: number): Promise<Row[]> {
  const least = people / batch / callsPerSecond
  const taken = await registerEveryone(world, people, callsPerSecond)
  const what = `register ${named(people)}, vendor ${callsPerSecond} calls/s`
  return [
    row(
      `${what} : the limit`,
      { ours: taken.seconds, against: least, unit: 's' },
      { atMost: 1.1 },
      busy(taken),
    ),
    row(
      `${what}, memory growth : ${mebibytes} MiB`,
      { ours: taken.grownBy, against: mebibytes, unit: 'MiB' },
      { atMost: 1 },
      'resident memory, the most seen while running',
    ),
  ]
}

/** The rate at which the emulated vendor registers users for a client that does nothing else. */
async function bareRate(world: World, people: number): Promise<number> {
  const vendor = await world.emulator()
  const { path, headers = {} } = await vendorAsk(vendor, '/users')
  const asks: Ask[] = []
  for (let from = 1; from <= people; from += batch) {
    const users = Array.from({ length: Math.min(batch, people - from + 1) }, (_, i) => ({
      username: String(from + i),
      password: String(from + i).padStart(32, '0'),
    }))
    asks.push({
      method: 'POST',
      path,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(users),
    })
  }
  const began = performance.now()
  await times(vendor.url, asks, concurrency)
  return people / ((performance.now() - began) / 1000)
}

const named = (people: number) => people.toLocaleString('en')
const busy = ({ gatewayBusy, vendorBusy }: RunTaken) =>
  `busy: gateway ${percent(gatewayBusy)}, emulated vendor ${percent(vendorBusy)} of a core`
