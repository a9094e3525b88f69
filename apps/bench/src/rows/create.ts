import { type Ask, times } from '../measure/load.ts'
import { alternate, median } from '../measure/pairs.ts'
import { vendorAsk } from '../measure/round-trip.ts'
import { aimedAt, type Family, type Row, row } from '../report/row.ts'
import { groupIdOf, seedOf } from '../world/groups.ts'
import { setStage } from './stage.ts'

const people = 200
const latencyMs = 50
const concurrency = 2
const allowedMs = 10

/** `POST group` with five members who have accounts, with a vendor that responds in 50 ms. */
export const create: Family = {
  name: 'create',
  async run(world): Promise<Row[]> {
    const count = world.quick ? 20 : 60
    const stage = await setStage(world, people, { latencyMs, seed: seedOf(people, 1, 2) })
    const old = await world.rival('peers/old-gateway.ts', {
      databaseUrl: stage.databaseUrl,
      vendorUrl: stage.vendor.url,
    })
    const callers = await Promise.all(Array.from({ length: count }, (_, i) => world.bearer(i + 101)))
    const creations: Ask[] = callers.map(header => ({
      method: 'POST',
      path: '/easemob/group',
      headers: { ...header, 'content-type': 'application/json' },
      body: JSON.stringify({ groupname: 'friends', desc: 'some friends', members: '2,3,4,5,6' }),
    }))
    const one = await vendorAsk(stage.vendor, `/chatgroups/${groupIdOf(0)}`)
    const roundTrips = creations.map(() => one)
    const p50 = (url: string, asks: readonly Ask[]) => async () => median(await times(url, asks, concurrency))
    await p50(stage.gateway.url, creations)()
    const found = await alternate(world.quick ? 1 : 3, [
      ['ours', p50(stage.gateway.url, creations)],
      ['vendor', p50(stage.vendor.url, roundTrips)],
      ['old', p50(old.url, creations)],
    ])
    const added = found('ours') - found('vendor')
    const ms = (other: string) => ({ ours: found('ours'), against: found(other), unit: 'ms' })
    return [
      aimedAt(
        row(
          'POST group, 5 members known, p50 : one vendor round trip',
          ms('vendor'),
          null,
          `adds ${added.toFixed(1)} ms, commits to disk among them`,
        ),
        `≤ +${allowedMs} ms`,
        added,
        allowedMs,
      ),
      row(
        "POST group, 5 members known, p50 : the old gateway's way",
        ms('old'),
        null,
        'token, create, token, message, one after the other',
      ),
    ]
  },
}
