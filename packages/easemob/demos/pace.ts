// node packages/easemob/demos/pace.ts: 60,000 registrations at 100 calls/s, and the waits of single calls meanwhile.
import { report } from './report.ts'
import { bulkAndSingles } from './scenarios/pace.ts'

const result = await bulkAndSingles(60_000, 100, 50)
report('60,000 users at 100 calls/s, 50 single gets meanwhile', [
  { what: 'users created', measured: result.created, expected: '60000', holds: result.created === 60_000 },
  {
    what: 'seconds',
    measured: (result.ms / 1000).toFixed(2),
    expected: `${(result.floorMs * 1.1) / 1000} or less`,
    holds: result.ratio <= 1.1,
  },
  {
    what: 'ratio to the floor',
    measured: result.ratio.toFixed(3),
    expected: '1.1 or less',
    holds: result.ratio <= 1.1,
  },
  {
    what: 'p95 of the gets, ms',
    measured: result.getP95Ms.toFixed(1),
    expected: 'below 100',
    holds: result.getP95Ms < 100,
  },
  { what: 'slowest get, ms', measured: result.getMaxMs.toFixed(1), expected: '', holds: true },
  { what: 'answers 429', measured: result.tooMany, expected: '', holds: true },
])
