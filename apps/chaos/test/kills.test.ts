import { describe, expect, it } from 'vitest'
import { runKills } from '../src/kills/run-kills.ts'
import type { Invariant } from '../src/model/findings.ts'
import { summary } from '../src/report/summary.ts'

const options = { seed: 7, database: 'postgres', leaseMs: 1000 } as const
/** What the load and the checks must have come by, or nothing was shown. */
const promised = ['sides', 'ownerAndFace', 'password', 'notices', 'registeredOnce', 'acknowledged'] as const
const never: Invariant = 'answers'

describe('a gateway that is killed again and again', () => {
  it('loses nothing and does nothing twice', { timeout: 90_000 }, async () => {
    const points = ['intent.performed', 'run.registered'] as const
    const outcome = await runKills({ ...options, kills: 3, recovery: true, points })
    expect(outcome.findings.total, summary([{ program: 'kills', outcome }])).toBe(0)
    expect(outcome.counts.acknowledged).toBeGreaterThan(0)
    for (const name of promised) expect(outcome.findings.checks.get(name), name).toBeGreaterThan(0)
    expect(outcome.findings.checks.has(never)).toBe(false)
  })

  it('is seen to lose and to repeat when recovery is switched off', { timeout: 90_000 }, async () => {
    const points = ['intent.performed'] as const
    const outcome = await runKills({ ...options, kills: 2, recovery: false, points, completeMs: 1500 })
    expect([...outcome.findings.violations.keys()]).toContain('completed')
    expect(outcome.findings.violations.size).toBeGreaterThan(1)
  })
})
