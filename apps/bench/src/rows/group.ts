import { type Ask, load, times } from '../measure/load.ts'
import { alternate, median } from '../measure/pairs.ts'
import { vendorAsk } from '../measure/round-trip.ts'
import { type Family, row } from '../report/row.ts'
import { groupIdOf, seedOf } from '../world/groups.ts'
import { sameAnswer, setStage } from './stage.ts'

const connections = 64
const members = 50
const people = 200
const hot = 8
const latencyMs = 20
const concurrency = 4

/** `GET group` of 50 members, with a vendor that responds in 20 ms. */
export const group: Family = {
  name: 'group',
  async run(world) {
    const rounds = world.quick ? 1 : 3
    const cold = world.quick ? 60 : 200
    const seconds = world.quick ? 1 : 3
    const stage = await setStage(world, people, {
      latencyMs,
      seed: seedOf(people, hot + cold * (rounds + 1), members),
    })
    const settings = { databaseUrl: stage.databaseUrl, vendorUrl: stage.vendor.url }
    const floor = await world.rival('floors/http.ts', settings)
    const old = await world.rival('peers/old-gateway.ts', settings)
    const callers = await Promise.all(Array.from({ length: people }, (_, i) => world.bearer(i + 1)))
    const of = (at: number, caller: number): Ask => ({
      path: `/easemob/group?im_group_id=${groupIdOf(at)}`,
      headers: callers[caller % people] ?? {},
    })
    await sameAnswer([stage.gateway, floor, old], of(0, 3))

    const few = callers.map((_, caller) => of(caller % hot, caller))
    const contender = (name: string, server: typeof floor) =>
      [name, async () => (await load(server, few, { connections, seconds })).perSecond] as const
    const many = [contender('ours', stage.gateway), contender('floor', floor), contender('old', old)]
    for (const [, warmUp] of many) await warmUp()
    const found = await alternate(rounds, many)

    const roundTrips: Ask[] = []
    for (let at = 0; at < cold; at++)
      roundTrips.push(await vendorAsk(stage.vendor, `/chatgroups/${groupIdOf(at)}`))
    let next = hot
    const different = () => Array.from({ length: cold }, () => of(next++, next))
    await times(stage.gateway.url, different(), concurrency)
    const single = await alternate(rounds, [
      ['ours', async () => median(await times(stage.gateway.url, different(), concurrency))],
      ['vendor', async () => median(await times(stage.vendor.url, roundTrips, concurrency))],
    ])

    const rate = (other: string) => ({ ours: found('ours'), against: found(other), unit: 'req/s' })
    const p50 = { ours: single('ours'), against: single('vendor'), unit: 'ms' }
    const scene = `${people} callers, ${connections} connections, ${hot} groups of ${members}, vendor ${latencyMs} ms`
    return [
      row("GET group, few groups : the old gateway's way", rate('old'), { atLeast: 10 }, scene),
      row('GET group, few groups : uncached floor', rate('floor'), { atLeast: 1 }, scene),
      row(
        'GET group, every group different, p50 : one vendor round trip',
        p50,
        { atMost: 1.15 },
        `${concurrency} at once, none asked twice`,
      ),
    ]
  },
}
