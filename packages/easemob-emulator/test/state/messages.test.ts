import { expect, test } from 'vitest'
import { Messages } from '../../src/state/messages.ts'

/** The state after `count` messages of so many recipients. */
function filled(count: number, recipients: number): Messages {
  const messages = new Messages()
  for (let at = 0; at < count; at++) {
    const pairs = Array.from({ length: recipients }, (_, index): [string, string] => [`u${index}`, `${at}`])
    messages.add({ at, target: 'users', from: 'admin', recipients: pairs, type: 'txt', body: { msg: 'hi' } })
  }
  return messages
}

test('messages are kept up to 10,000, the newest, and all are counted', () => {
  const messages = filled(25_000, 1)
  const kept = messages.list()
  expect(kept).toHaveLength(10_000)
  expect([kept[0]?.at, kept.at(-1)?.at]).toEqual([15_000, 24_999])
  expect(messages.total).toBe(25_000)
})

test('fewer are kept when they go to many: 200,000 recipients in all', () => {
  const messages = filled(350, 600)
  expect(messages.list()).toHaveLength(333)
  expect(messages.total).toBe(350)
})
