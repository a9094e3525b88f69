import { expect, test } from 'vitest'
import { Journal } from '../../src/journal/journal.ts'

test('the journal keeps the newest 10,000 entries, oldest first, and counts all', () => {
  const journal = new Journal()
  for (let at = 0; at < 10_100; at++) {
    journal.started('users.list')
    journal.finished({ method: 'GET', path: '/users', operation: 'users.list', status: 200, ms: 0, at })
  }
  const kept = journal.list()
  expect(kept).toHaveLength(10_000)
  expect([kept[0]?.at, kept.at(-1)?.at]).toEqual([100, 10_099])
  expect(journal.total).toBe(10_100)
  expect(journal.counts()).toEqual({ 'users.list': 10_100 })
  expect(journal.statuses()).toEqual({ 'users.list': { 200: 10_100 } })
})
