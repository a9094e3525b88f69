// node packages/easemob/demos/faults.ts: what 30 % of failing answers do to idempotent and to other calls.
import { report } from './report.ts'
import { groupCreations, idempotentCalls } from './scenarios/faults.ts'

const calls = await idempotentCalls(1_000, 50, 0.3)
for (const failure of calls.failures.slice(0, 5)) console.error(failure)
const groups = await groupCreations(200, 20, 0.3)
const most = groups.succeeded + groups.unknown
const accounted = groups.succeeded + groups.unknown + groups.notCreated
report('30 % of the vendor’s answers fail: 503, resets, lost answers, 2 s stalls', [
  {
    what: 'idempotent calls that succeeded',
    measured: calls.succeeded,
    expected: `${calls.calls}`,
    holds: calls.succeeded === calls.calls,
  },
  {
    what: 'attempts they took',
    measured: calls.attempts,
    expected: '> calls',
    holds: calls.attempts > calls.calls,
  },
  {
    what: 'breaker opened',
    measured: String(calls.breakerOpened),
    expected: 'false',
    holds: !calls.breakerOpened,
  },
  { what: 'seconds', measured: (calls.ms / 1000).toFixed(1), expected: '', holds: true },
  {
    what: 'group creations answered',
    measured: groups.succeeded,
    expected: '> 0',
    holds: groups.succeeded > 0,
  },
  {
    what: 'group creations OutcomeUnknown',
    measured: groups.unknown,
    expected: '> 0',
    holds: groups.unknown > 0,
  },
  {
    what: 'group creations accounted for',
    measured: accounted,
    expected: `${groups.asked}`,
    holds: accounted === groups.asked,
  },
  {
    what: 'groups at the vendor',
    measured: groups.groups,
    expected: `${groups.succeeded}…${most}`,
    holds: groups.groups >= groups.succeeded && groups.groups <= most,
  },
])
