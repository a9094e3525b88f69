import { expect, test } from 'vitest'
import type { Batch } from '../../src/import/batches.ts'
import { upload } from '../../src/import/upload.ts'

const batch = (...ids: string[]): Batch => ({
  rows: ids.map(id => ({ line: 1, row: { id } })),
  ids: new Set(ids),
})
const never = new AbortController().signal

/** A `send` whose calls end when `open` is called, and the batches it was called with. */
function gate() {
  const waiting: (() => void)[] = []
  const begun: string[] = []
  return {
    begun,
    open: () => {
      for (const go of waiting.splice(0)) go()
    },
    send: ({ ids }: Batch) => {
      begun.push([...ids].join())
      return new Promise<void>(resolve => waiting.push(resolve))
    },
  }
}

async function* from(all: readonly Batch[], onRead = () => {}) {
  for (const one of all) {
    onRead()
    yield one
  }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('only so many batches are in flight, and no more than one is read ahead', async () => {
  const { send, open, begun } = gate()
  let read = 0
  const all = Array.from({ length: 10 }, (_, at) => batch(String(at)))
  const done = upload(
    from(all, () => read++),
    send,
    { concurrency: 3, signal: never },
  )
  await turn()
  expect({ begun: begun.length, read }).toEqual({ begun: 3, read: 4 })
  while (begun.length < 10) {
    open()
    await turn()
  }
  open()
  await done
})

test('two batches with rows of one person go one after the other', async () => {
  const { send, open, begun } = gate()
  const done = upload(from([batch('1', '2'), batch('2', '3'), batch('4')]), send, {
    concurrency: 4,
    signal: never,
  })
  await turn()
  expect(begun).toEqual(['1,2'])
  open()
  await turn()
  expect(begun).toEqual(['1,2', '2,3', '4'])
  open()
  await done
})

test('the first failure stops the reading and is thrown after every call in flight has ended', async () => {
  let ended = 0
  const send = async ({ ids }: Batch) => {
    if (ids.has('1')) throw new Error('refused')
    await turn()
    ended++
  }
  const all = Array.from({ length: 50 }, (_, at) => batch(String(at)))
  await expect(upload(from(all), send, { concurrency: 2, signal: never })).rejects.toThrow('refused')
  expect(ended).toBeLessThan(5)
})
