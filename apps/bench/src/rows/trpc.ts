import { type Ask, load, times } from '../measure/load.ts'
import { alternate, median } from '../measure/pairs.ts'
import { type Family, row } from '../report/row.ts'
import { sameAnswer, setStage } from './stage.ts'

const connections = 64
const calls = 10

/** The cost of the tRPC adapter alone, and of a batch. */
export const trpc: Family = {
  name: 'trpc',
  async run(world) {
    const rounds = world.quick ? 1 : 3
    const seconds = world.quick ? 1 : 2
    const stage = await setStage(world, 1000)
    const settings = { databaseUrl: stage.databaseUrl, vendorUrl: stage.vendor.url }
    const ours = await world.rival('peers/trivial.ts', settings)
    const stock = await world.rival('peers/trivial.ts', settings, ['stock'])
    const header = await world.bearer(1)
    const one: Ask = { path: '/trpc/accounts.password', headers: header }
    await sameAnswer([ours, stock], one)
    const contender = (name: string, server: typeof ours) =>
      [name, async () => (await load(server, [one], { connections, seconds })).perSecond] as const
    const both = [contender('ours', ours), contender('stock', stock)]
    for (const [, warmUp] of both) await warmUp()
    const adapters = await alternate(world.quick ? 1 : 7, both)

    const batch = (path: string, input: object): Ask => {
      const inputs = Object.fromEntries(Array.from({ length: calls }, (_, at) => [at, input]))
      const paths = Array.from({ length: calls }, () => path).join(',')
      return {
        path: `/trpc/${paths}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`,
        headers: header,
      }
    }
    const facesInput = { im_group_id: ['7000000000000000'] }
    const single: Ask = {
      path: `/trpc/groups.faces?input=${encodeURIComponent(JSON.stringify(facesInput))}`,
      headers: header,
    }
    const count = world.quick ? 100 : 600
    const p50 = (name: string, ask: Ask) =>
      [
        name,
        async () =>
          median(
            await times(
              stage.gateway.url,
              Array.from({ length: count }, () => ask),
              1,
            ),
          ),
      ] as const
    const latencies = [
      p50('one', one),
      p50('ten', batch('accounts.password', {})),
      p50('one face', single),
      p50('ten faces', batch('groups.faces', facesInput)),
    ]
    for (const [, warmUp] of latencies) await warmUp()
    const found = await alternate(rounds, latencies)
    const times10 = (many: string, few: string) => ({
      ours: found(many),
      against: found(few),
      unit: 'ms',
    })
    return [
      row(
        'tRPC face, trivial procedure : stock @hono/trpc-server',
        { ours: adapters('ours'), against: adapters('stock'), unit: 'req/s' },
        { atLeast: 3 },
        'the same bodies, compared before',
      ),
      row('tRPC batch of 10, GET password, p50 : one', times10('ten', 'one'), { atMost: 3 }, 'one at a time'),
      row(
        'tRPC batch of 10, GET group/face, p50 : one',
        times10('ten faces', 'one face'),
        { atMost: 3 },
        'a statement for each',
      ),
    ]
  },
}
