// node packages/easemob/demos/token.ts: how many token exchanges 500 simultaneous calls cause.
import { report } from './report.ts'
import { coldThenRevoked } from './scenarios/token.ts'

const result = await coldThenRevoked(500)
report('500 callers at once', [
  {
    what: 'POST /token on a cold client',
    measured: result.exchangesCold,
    expected: '1',
    holds: result.exchangesCold === 1,
  },
  {
    what: 'POST /token after the token was revoked mid-flight',
    measured: result.exchangesAfterRevocation,
    expected: '1',
    holds: result.exchangesAfterRevocation === 1,
  },
  { what: 'calls that failed', measured: result.failed, expected: '0', holds: result.failed === 0 },
])
