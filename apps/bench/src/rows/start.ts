import { ask } from '../measure/load.ts'
import { median } from '../measure/pairs.ts'
import { startProcess } from '../measure/process.ts'
import { aimedAt, type Family, type Row, row } from '../report/row.ts'
import { fillPeople } from '../world/people.ts'
import { gatewayMain } from '../world/world.ts'

/** From the start of the process to the first answer to a user, with everything there from an earlier start. */
export const start: Family = {
  name: 'start',
  async run(world) {
    const times = world.quick ? 2 : 5
    const databaseUrl = await world.postgres.database()
    const vendor = await world.emulator()
    const first = await world.gateway({ databaseUrl, vendorUrl: vendor.url })
    await first.stop()
    await fillPeople(databaseUrl, world.passwordKey, 10)
    const dataDir = await world.folder()
    const header = await world.bearer(1)
    const firstAnswer = async (started: ReturnType<typeof startProcess>) => {
      const began = performance.now()
      const running = await started
      await ask(running.url, { path: '/easemob/password', headers: header })
      const took = performance.now() - began
      await running.stop()
      return took
    }
    const embedded = () =>
      startProcess({
        file: gatewayMain,
        place: 'anywhere',
        env: { PORT: '0', DATA_DIR: dataDir, JWT_SECRET: world.jwtSecret },
      })
    await firstAnswer(embedded())
    const settings = { databaseUrl, vendorUrl: vendor.url }
    const found = { embedded: [] as number[], postgres: [] as number[], floor: [] as number[] }
    for (let at = 0; at < times; at++) {
      found.embedded.push(await firstAnswer(embedded()))
      found.postgres.push(await firstAnswer(world.gateway(settings)))
      found.floor.push(await firstAnswer(world.rival('floors/http.ts', settings)))
    }
    const against = median(found.floor)
    return [
      within('start to first answer, warm embedded : bare floor', median(found.embedded), against, 1500),
      within('start to first answer, Postgres : bare floor', median(found.postgres), against, 500),
    ]
  },
}

function within(name: string, ours: number, against: number, mostMs: number): Row {
  const taken = row(name, { ours, against, unit: 'ms' }, null, 'a user’s GET password')
  return aimedAt(taken, `≤ ${mostMs / 1000} s`, ours, mostMs)
}
