import { expect, it } from 'vitest'
import { summary } from '../src/report/summary.ts'
import { runSeveral } from '../src/several/run-several.ts'

it('registers everyone exactly once while processes on one database die', { timeout: 90_000 }, async () => {
  const options = { callsPerSecond: 10, killEveryMs: 1000, leaseMs: 1000, recovery: true }
  const outcome = await runSeveral({ users: 2000, seed: 3, ...options })
  expect(outcome.findings.total, summary([{ program: 'several', outcome }])).toBe(0)
  expect(outcome.run).toEqual({ state: 'done', total: 2000, done: 2000, failed: 0 })
})
