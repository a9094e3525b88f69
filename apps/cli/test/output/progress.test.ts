import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readEnv } from '../../src/env.ts'
import type { Io } from '../../src/io.ts'
import { openProgress } from '../../src/output/progress.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('without a terminal, progress is a line every five seconds, and none in the first five', async () => {
  const said: string[] = []
  const io: Io = {
    env: readEnv(),
    stdin: new PassThrough(),
    out: () => {},
    err: text => said.push(text),
    terminal: { out: false, err: false },
  }
  const progress = await openProgress(
    io,
    '{bar} {value}/{total} users · {pace}/s · {failed} failed · {left} left · {eta}',
  )
  const facts = { pace: 5700, failed: 2, left: '1m05s' }
  progress.update(1000, 100_000, facts)
  vi.advanceTimersByTime(5000)
  progress.update(30_000, 100_000, facts)
  progress.update(31_000, 100_000, facts)
  vi.advanceTimersByTime(5000)
  progress.update(100_000, 100_000, { ...facts, left: '0s' })
  progress.stop()
  expect(said).toEqual([
    '30000/100000 users · 5700/s · 2 failed · 1m05s left\n',
    '100000/100000 users · 5700/s · 2 failed · 0s left\n',
  ])
})
