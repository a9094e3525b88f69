import { GatewayError, inputFields } from '@easemob-gateway/contracts'
import { describe, expect, test } from 'vitest'
import { samples } from '../../../../packages/contracts/test/samples.ts'
import { parseInput } from '../../src/invoke/validation.ts'

/** What has a length or a size that is no number, as JSON may say. */
const odd: unknown = JSON.parse('{"length":{"toString":1,"valueOf":1},"size":{"toString":1,"valueOf":1}}')
const world = { group: '36036128342017', run: '1' }

describe.each(samples)('$name', ({ operation, sample }) => {
  test('takes its sample', () => {
    expect(() => parseInput(operation.input, sample.input(world), 'en')).not.toThrow()
  })

  const fields = Object.keys(inputFields(operation.input))
  test.each(fields)('refuses an object with an odd length in %s, alone and in a list', field => {
    for (const value of [odd, [odd]])
      try {
        parseInput(operation.input, { ...sample.input(world), [field]: value }, 'en')
      } catch (error) {
        expect(error).toBeInstanceOf(GatewayError)
        expect(error).toMatchObject({ key: 'VALIDATION_FAILED' })
      }
  })
})
