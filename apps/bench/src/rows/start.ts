import { ask } from '../measure/load.ts'
import { alternate } from '../measure/pairs.ts'
import { type Running, startProcess } from '../measure/process.ts'
import { aimedAt, type Family, type Row, row } from '../report/row.ts'
import { fillPeople } from '../world/people.ts'
import { gatewayMain } from '../world/world.ts'

/**
 * The time from the start of the process to the first answer to a user with an account, when an earlier start has left a
 * migrated database and a compile cache. The floor imports postgres.js, listens and answers the same.
 */
export const start: Family = {
  name: 'start',
  async run(world) {
    const rounds = world.quick ? 2 : 7
    const databaseUrl = await world.postgres.database()
    const vendor = await world.emulator()
    const settings = { databaseUrl, vendorUrl: vendor.url }
    const first = await world.gateway(settings)
    await first.stop()
    await fillPeople(databaseUrl, world.passwordKey, 10)
    const dataDir = await world.folder()
    const headers = await world.bearer(1)

    const firstAnswer = (start: () => Promise<Running>) => async () => {
      const began = performance.now()
      const running = await start()
      const { text } = await ask(running.url, { path: '/easemob/password', headers })
      const took = performance.now() - began
      await running.stop()
      if (!text.includes('im_pwd_hash')) throw new Error(`That is no password: ${text}`)
      return took
    }
    const starts = [
      ['floor', firstAnswer(() => world.rival('floors/http.ts', settings))],
      ['postgres', firstAnswer(() => world.gateway(settings))],
      [
        'embedded',
        firstAnswer(() =>
          startProcess({
            file: gatewayMain,
            place: 'anywhere',
            env: { PORT: '0', DATA_DIR: dataDir, JWT_SECRET: world.jwtSecret },
          }),
        ),
      ],
    ] as const
    await alternate(1, starts)
    const took = await alternate(rounds, starts)
    return [
      within('start to first answer, warm embedded : bare floor', took('embedded'), took('floor'), 1500),
      within('start to first answer, Postgres : bare floor', took('postgres'), took('floor'), 500),
    ]
  },
}

function within(name: string, ours: number, against: number, mostMs: number): Row {
  const taken = row(name, { ours, against, unit: 'ms' }, null, 'a user’s GET password')
  return aimedAt(taken, `≤ ${mostMs / 1000} s`, ours, mostMs)
}
