import { expect, test } from 'vitest'
import { bearerToken } from '../../src/access/bearer.ts'

test.each([
  ['Bearer t', undefined, 't'],
  ['bearer t', undefined, 't'],
  ['BEARER   t ', undefined, 't'],
  [undefined, 't', 't'],
  [undefined, '', null],
  [undefined, undefined, null],
  ['Bearer t', 'other', 't'],
  ['Basic dDp0', 't', ''],
  ['Bearer', 't', ''],
  ['', 't', ''],
  ['Bearer t, Bearer u', undefined, ''],
  ['Bearer t u', undefined, ''],
])('the header %j and the query %j carry the token %j', (authorization, query, token) => {
  expect(bearerToken(authorization, query)).toBe(token)
})
