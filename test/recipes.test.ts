import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inserted } from '../scripts/recipes/apply.ts'
import { countKinds, differences, madeByCommand } from '../scripts/recipes/kinds.ts'
import { readRecipes } from '../scripts/recipes/read-page.ts'

const root = join(import.meta.dirname, '..')
const recipes = readRecipes(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))

// The cheap half of `pnpm recipes`: the page and the files agree. That the result compiles and works is told by that script.
describe.each(recipes)('the recipe "$name" of CONTRIBUTING.md', ({ counts, steps, commands }) => {
  test.each(steps)('has a place for its change of $file', step => {
    const path = join(root, step.file)
    if (step.kind === 'create') return expect(existsSync(path)).toBe(false)
    const source = readFileSync(path, 'utf8')
    expect(inserted(source, step)).toContain(step.text.trim().split('\n')[0])
  })

  test('says how many files of each kind it touches', () => {
    const files = new Set(steps.map(({ file }) => file))
    const edited = new Map([...counts].filter(([kind]) => kind !== madeByCommand))
    expect(differences(edited, countKinds([...files]))).toEqual([])
  })

  test('ends with commands that make what is generated and run the linter, the types and tests', () => {
    expect(commands.map(command => command.split(' ').slice(0, 2).join(' '))).toEqual([
      'pnpm --filter',
      'pnpm fix',
      'pnpm verify',
      'pnpm test',
      'pnpm test',
    ])
  })
})

test('there are two recipes', () => {
  expect(recipes.map(({ name }) => name)).toEqual(['add a read', 'add a write to the vendor'])
})

describe('a block', () => {
  const step = { kind: 'insert', file: 'f.ts', anchor: 'b,', text: 'x,\n\n  y,\n' } as const

  test('is put beside its line with that line\u2019s indentation', () => {
    expect(inserted('{\n  a,\n  b,\n}', { ...step, where: 'after' })).toBe('{\n  a,\n  b,\n  x,\n\n    y,\n}')
  })

  test('goes above the comment of the line it stands before', () => {
    expect(inserted('a,\n/** of b */\nb,', { ...step, where: 'before' })).toBe(
      'a,\nx,\n\n  y,\n/** of b */\nb,',
    )
  })

  test.each([['a,'], ['b,\nb,']])('is refused where its line is not there exactly once', source => {
    expect(() => inserted(source, { ...step, where: 'after' })).toThrow(/f\.ts has [02] lines "b,"/)
  })

  test('without a line that says where it goes is refused with the recipe named', () => {
    expect(() => readRecipes('### Recipe: r\n\nSomewhere:\n\n```ts\nx\n```\n')).toThrow(/Recipe "r"/)
  })
})

test('a file of no kind that the page knows is counted by its own name', () => {
  expect(differences(new Map(), countKinds(['apps/server/src/env.ts']))).toEqual([
    'apps/server/src/env.ts: the page says 0, the recipe touches 1',
  ])
})
