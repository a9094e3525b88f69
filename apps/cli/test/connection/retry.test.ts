import { createClient } from '@easemob-gateway/client'
import { expect, test } from 'vitest'
import { withRetries } from '../../src/connection/retry.ts'

const lost = () => createClient({ url: 'http://127.0.0.1:9' }).groups.faces.query({ im_group_id: ['1'] })

test('a lost connection is retried with growing pauses, but not before the gateway has ever answered', async () => {
  const pauses: number[] = []
  const pause = async (ms: number) => void pauses.push(ms)
  await expect(withRetries(lost, { hasAnswered: () => false, pause })).rejects.toThrow()
  expect(pauses).toEqual([])
  await expect(withRetries(lost, { hasAnswered: () => true, pause })).rejects.toThrow()
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000])
})
