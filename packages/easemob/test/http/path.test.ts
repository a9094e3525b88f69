import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSegment, query, segment } from '../../src/http/path.ts'

describe('paths', () => {
  it.each(['', '.', '..', '\ud800'])('refuse %j as a segment', value => {
    expect(isSegment(value)).toBe(false)
    expect(() => segment(value, 'users.delete')).toThrow('cannot stand in a path')
  })

  it('encode any other segment so that it stays one', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter(isSegment)
    fc.assert(
      fc.property(value, text => {
        const encoded = segment(text, 'x')
        return !/[/?#\s]/.test(encoded) && decodeURIComponent(encoded) === text
      }),
    )
  })

  it('leave out what is not asked', () => {
    expect(query({ limit: 10, cursor: undefined })).toBe('?limit=10')
    expect(query({ cursor: 'a=&b' })).toBe('?cursor=a%3D%26b')
    expect(query({})).toBe('')
  })
})
