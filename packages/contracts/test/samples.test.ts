import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract, walk } from '../src/index.ts'
import { samples } from './samples.ts'

test('every operation has a sample', () => {
  const sampled = new Set(samples.map(({ name }) => name))
  const missing = walk(contract).flatMap(([name]) => (sampled.has(name) ? [] : [name]))
  expect(missing, 'add a sample of these to packages/contracts/test/samples.ts').toEqual([])
})

test.each(samples)('the sample of $name is what the contract takes', ({ operation, sample }) => {
  const input = sample.input({ group: '36036128342017', run: '1' })
  expect(z.safeParse(operation.input, input).error).toBeUndefined()
})
