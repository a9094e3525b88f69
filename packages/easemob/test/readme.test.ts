import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { compileOutside } from './support/compile-outside.ts'

/** Declarations of the names that the examples use without defining them. */
const GIVEN = `
import type { CreatedMany, EasemobOptions, EasemobReader, NewUser, PaceStore } from '@easemob-gateway/easemob'
declare const people: NewUser[]
declare const save: (batch: CreatedMany) => Promise<void>
declare const myId: string, name: string, description: string, owner: string
declare const options: EasemobOptions
declare const reserve: PaceStore['reserve'], slowDown: NonNullable<PaceStore['slowDown']>
declare const console: { log(...values: unknown[]): void }
`

it('the examples of the README compile', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const [first = '', ...others] = Array.from(
    readme.matchAll(/^```ts\n(.*?)^```$/gms),
    match => match[1] ?? '',
  )
  expect(others.length).toBeGreaterThan(4)
  const program = [first, ...others.map(example => `{\n${example}}`), GIVEN].join('\n')
  expect(await compileOutside(program)).toBe('')
})
