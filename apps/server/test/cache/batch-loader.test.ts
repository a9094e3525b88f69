import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBatchLoader } from '../../src/cache/batch-loader.ts'

/** A source that answers `<id>!` for ids that do not begin with x, and remembers what it was asked. */
function source(atMost: number) {
  const calls: string[][] = []
  const read = createBatchLoader(async ids => {
    calls.push([...ids])
    if (ids.includes('fail')) throw new Error('down')
    return new Map(ids.filter(id => !id.startsWith('x')).map(id => [id, `${id}!`]))
  }, atMost)
  return { calls, read }
}

describe('reads of one turn of the event loop', () => {
  test('are one call for any ids in any order, each id in it once, and each reader gets its own answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[ax]\d?$/), { minLength: 1, maxLength: 40 }),
        async ids => {
          const { calls, read } = source(100)
          const answers = await Promise.all(ids.map(read))
          expect(answers).toEqual(ids.map(id => (id.startsWith('x') ? undefined : `${id}!`)))
          expect(calls).toEqual([[...new Set(ids)]])
        },
      ),
    )
  })

  test('are as many calls as the limit makes necessary', async () => {
    const { calls, read } = source(3)
    await Promise.all(['1', '2', '3', '4', '5', '6', '7'].map(read))
    expect(calls.map(({ length }) => length)).toEqual([3, 3, 1])
  })

  test('reject together, and the next read loads again', async () => {
    const { calls, read } = source(100)
    const both = await Promise.allSettled([read('1'), read('fail')])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await read('1')).toBe('1!')
    expect(await read('1')).toBe('1!')
    expect(calls).toEqual([['1', 'fail'], ['1'], ['1']])
  })
})
