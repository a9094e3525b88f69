import { expect, test } from 'vitest'
import type { RegistrationResult } from '../../src/accounts/register-batch.ts'
import { createRecorder } from '../../src/accounts/runs/recorder.ts'

const of = (...registered: string[]): RegistrationResult => ({ registered, refused: [], lost: [] })

/** A recorder whose every write waits for the test to end it. */
function scripted() {
  const writes: { users: readonly string[]; end: PromiseWithResolvers<void> }[] = []
  const recorder = createRecorder(({ registered }) => {
    const end = Promise.withResolvers<void>()
    writes.push({ users: registered, end })
    return end.promise
  })
  const written = () => writes.map(({ users }) => users)
  return { recorder, writes, written }
}
const turn = () => new Promise(resolve => setImmediate(resolve))

test('what comes in while a write is under way is written together, after it', async () => {
  const { recorder, writes, written } = scripted()
  const first = recorder.record(of('1'))
  await turn()
  const later = [recorder.record(of('2')), recorder.record(of('3', '4'))]
  await turn()
  expect(written()).toEqual([['1']])
  writes[0]?.end.resolve()
  await first
  await turn()
  expect(written()).toEqual([['1'], ['2', '3', '4']])
  writes[1]?.end.resolve()
  await Promise.all(later)
})

test('a write that fails is told to those in it, and to nobody after them', async () => {
  const { recorder, writes } = scripted()
  const first = recorder.record(of('1'))
  await turn()
  const second = recorder.record(of('2'))
  writes[0]?.end.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await turn()
  writes[1]?.end.resolve()
  await second
})
