import { expect, it } from 'vitest'
import { runDatabase } from '../src/database/run-database.ts'
import { summary } from '../src/report/summary.ts'

it('answers 503 while Postgres is away, and goes on when it is back', { timeout: 90_000 }, async () => {
  const options = { times: 1, seed: 5, loadMs: 1000, outageMs: 1000, leaseMs: 1000, recovery: true }
  const outcome = await runDatabase(options)
  expect(outcome.findings.total, summary([{ program: 'database', outcome }])).toBe(0)
  expect(outcome.findings.checks.get('answers')).toBeGreaterThan(2)
})
