import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createLog } from '../../src/start/log.ts'

/** What is written for one call of the log. */
function written(fields: object, text: string): string {
  const lines: string[] = []
  createLog('trace', { write: line => void lines.push(line) }).error(fields, text)
  expect(lines).toHaveLength(1)
  return lines.join('')
}
const told = (err: Error) => JSON.parse(written({ err }, 'failed')).err

test.each([
  ['a line break', 'a\r\n{"level":"fatal","msg":"forged"}'],
  ['a NUL and a bell', 'a\0\x07'],
  ['an escape sequence', '\x1b[2J\x1b]0;title\x07'],
  ['an escape sequence in one sign', '\x9b2J'],
  ['a line break of Unicode', 'a\u2028b\u2029c\x85d'],
  ['a change of direction', '\u202egnp.exe\u2066'],
  ['half a sign', '\ud800'],
])('%s in an error cannot leave its line or steer a terminal', (_, text) => {
  const line = written({ err: new Error(text, { cause: new Error(text) }) }, 'failed')
  expect(line.indexOf('\n')).toBe(line.length - 1)
  expect(line.slice(0, -1)).toMatch(/^[\x20-\x7e]+$/)
  expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: 'failed' })
})

test('of a statement that has failed the log has the statement and the reason, and no value', () => {
  const values = ['花儿巷', 'c0ffee', '{"name":"a secret"}']
  const cause = new Error('the column is gone')
  const { message, cause: told_ } = told(new DrizzleQueryError('update x set y = $1', values, cause))
  expect(message).toBe('Failed query: update x set y = $1')
  expect(told_.message).toBe('the column is gone')
})

test('a message that looks like a stack does not get into the log by the way of the stack', () => {
  const err = new Error('refused\n    at eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. (x.ts:1:1)\n    at last')
  const { at } = told(err)
  expect(at.length).toBeGreaterThan(0)
  expect(at.join()).not.toMatch(/eyJ|at last/)
  expect(at[0]).toMatch(/log\.test\.ts/)
})

test.each([
  ['a token of the app', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ['a token of the vendor', 'YWMtAbCd-ef_0123456789'],
  ['an IM password', '0123456789abcdef0123456789abcdef'],
  ['an IM password after letters', 'im_0123456789abcdef0123456789abcdef'],
  ['a stored password', `0a1b2c3d.${'x'.repeat(80)}`],
])('%s in an error is blacked out, wherever it stands', (_, secret) => {
  const { message, cause } = told(new Error(`it said ${secret}`, { cause: new Error(`(${secret})`) }))
  for (const text of [message, cause.message]) {
    expect(text).toContain('[secret]')
    expect(text).not.toContain(secret.slice(-32))
  }
})
