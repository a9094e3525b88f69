import { describe, expect, test } from 'vitest'
import type { EmulatorOptions } from '../../src/index.ts'
import { start } from './start.ts'

/** A call and the error it must be answered with, to the letter. */
export interface Row {
  readonly title: string
  /** default POST */
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  /** another token than the app's; undefined: none */
  readonly token?: string | undefined
  readonly options?: EmulatorOptions
  readonly status: number
  readonly error: string
  readonly text: string | RegExp
}

export const GROUP = '1234567890123'
export const long = (length: number) => 'x'.repeat(length)
export const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)

/** o owns the group, a is a member, x (in a group of their own) and y are not, off is deactivated. The group holds 3. */
const seed = {
  users: ['o', 'a', 'x', 'y', 'off'].map(username => ({ username, password: 'secret' })),
  groups: [
    { groupid: GROUP, owner: 'o', members: ['a'], maxusers: 3 },
    { groupid: '55', owner: 'x' },
  ],
}

/** One test for each row. */
export function checkErrors(name: string, rows: readonly Row[]): void {
  describe(`errors of ${name}`, () => {
    test.each(rows.map(row => [row.title, row] as const))('%s', async (_title, row) => {
      const { call } = await start({ seed, ...row.options })
      await call('POST', '/users/off/deactivate')
      const asked = 'token' in row ? { token: row.token } : {}
      const { status, body } = await call(row.method ?? 'POST', row.path, row.body, asked)
      expect({ status, body }).toEqual({
        status: row.status,
        body: {
          error: row.error,
          exception: expect.stringMatching(/\w/),
          timestamp: expect.any(Number),
          duration: expect.any(Number),
          error_description: typeof row.text === 'string' ? row.text : expect.stringMatching(row.text),
        },
      })
    })
  })
}
