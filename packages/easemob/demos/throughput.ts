// node packages/easemob/demos/throughput.ts: the throughput of the client compared with a bare connection pool.
import { report } from './report.ts'
import { throughput } from './scenarios/throughput.ts'

const result = await throughput(2_000, 64, 20)
report('GET /users/{username}, 64 at a time', [
  {
    what: 'bare undici Pool, calls/s',
    measured: Math.round(result.barePerSecond),
    expected: '',
    holds: true,
  },
  { what: 'wrapper, calls/s', measured: Math.round(result.wrapperPerSecond), expected: '', holds: true },
  { what: 'ratio', measured: result.ratio.toFixed(2), expected: '0.8 or more', holds: result.ratio >= 0.8 },
])
