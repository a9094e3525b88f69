import { describe, expect, it } from 'vitest'
import { runKills } from '../src/kills/run-kills.ts'
import { killReport } from '../src/report.ts'

const options = { seed: 7, database: 'postgres', leaseMs: 1000 } as const

describe('a gateway that is killed again and again', () => {
  it('loses nothing and does nothing twice', { timeout: 90_000 }, async () => {
    const points = ['intent.performed', 'run.registered'] as const
    const report = await runKills({ ...options, kills: 3, recovery: true, points })
    expect(report.findings.total, killReport(report)).toBe(0)
    expect(report.counts.acknowledged).toBeGreaterThan(0)
    expect(report.findings.checks.get('sides')).toBeGreaterThan(0)
  })

  it('is seen to lose and to repeat when recovery is switched off', { timeout: 90_000 }, async () => {
    const points = ['intent.performed'] as const
    const report = await runKills({ ...options, kills: 2, recovery: false, points, settleMs: 1500 })
    expect([...report.findings.violations.keys()]).toContain('intents')
    expect(report.findings.violations.size).toBeGreaterThan(1)
  })
})
