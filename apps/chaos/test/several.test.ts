import { expect, it } from 'vitest'
import { runSeveral } from '../src/several/run-several.ts'

it('registers everyone exactly once while processes on one database die', { timeout: 90_000 }, async () => {
  const report = await runSeveral({ users: 2000, seed: 3, callsPerSecond: 10, killEveryMs: 1000 })
  expect(report.violations).toEqual([])
  expect(report.run).toEqual({ state: 'done', total: 2000, done: 2000, failed: 0 })
})
