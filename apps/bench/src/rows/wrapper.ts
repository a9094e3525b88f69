import { throughput } from '../../../../packages/easemob/demos/scenarios/throughput.ts'
import { type Family, row } from '../report/row.ts'

const calls = 2000
const connections = 64

/** The cost of the vendor wrapper, compared with the same calls through a pool of connections. */
export const wrapper: Family = {
  name: 'wrapper',
  async run({ quick }) {
    const { wrapperPerSecond, barePerSecond } = await throughput(calls, connections, quick ? 4 : 20)
    const rates = { ours: wrapperPerSecond, against: barePerSecond, unit: 'calls/s' }
    return [row('vendor wrapper : bare undici Pool', rates, { atLeast: 0.8 }, '64 calls at a time')]
  },
}
