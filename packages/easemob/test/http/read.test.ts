import { describe, expect, it } from 'vitest'
import { asId, isYes } from '../../src/http/read.ts'

describe('values of the vendor', () => {
  it('ids are strings, numbers only while exact', () => {
    expect(['13800138001', 42, 2 ** 53, 1.5, '', null, undefined].map(asId)).toEqual([
      ...['13800138001', '42', undefined, undefined, undefined, undefined, undefined],
    ])
  })

  it('yes has four spellings', () => {
    expect([true, 'true', 'success', 'ok', false, 'false', 1, null].map(isYes)).toEqual([
      ...[true, true, true, true, false, false, false, false],
    ])
  })
})
