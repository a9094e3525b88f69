import { describe, expect, test } from 'vitest'
import type { EmulatorOptions } from '../../src/index.ts'
import { start } from './start.ts'

/** A call and the exact error that it must be answered with. */
export interface Row {
  readonly title: string
  /** default POST */
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  /** the token to use instead of the app's; none when undefined */
  readonly token?: string | undefined
  readonly options?: EmulatorOptions
  readonly status: number
  readonly error: string
  readonly text: string | RegExp
}

export const GROUP = '1234567890123'
export const long = (length: number) => 'x'.repeat(length)
export const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)

/** The group has the owner o, the member a and room for 3. x, who owns another group, and y are no members; off is deactivated. */
const seed = {
  users: ['o', 'a', 'x', 'y', 'off'].map(username => ({ username, password: 'secret' })),
  groups: [
    { groupid: GROUP, owner: 'o', members: ['a'], maxusers: 3 },
    { groupid: '55', owner: 'x' },
  ],
}

/** Defines one test per row. */
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
