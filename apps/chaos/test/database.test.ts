import { expect, it } from 'vitest'
import { runDatabase } from '../src/database/run-database.ts'
import { databaseReport } from '../src/report.ts'

it('answers 503 while Postgres is away, and goes on when it is back', { timeout: 90_000 }, async () => {
  const report = await runDatabase({ times: 1, seed: 5, loadMs: 1000, outageMs: 1000 })
  expect(report.violations, databaseReport(report)).toEqual([])
  expect(report.findings.total, databaseReport(report)).toBe(0)
})
