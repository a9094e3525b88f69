import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from '../../src/output/printable.ts'
import { render } from '../../src/output/render.ts'
import { table } from '../../src/output/table.ts'
import { columnsOf, fit } from '../../src/output/text.ts'

test('columns line up under Chinese names', () => {
  expect(
    table([
      { id: '2', name: '花儿巷', sex: 1 },
      { id: '10', name: 'Li', sex: 2 },
    ]),
  ).toBe(['id  name    sex', '──  ──────  ───', '2   花儿巷  1', '10  Li      2'].join('\n'))
})

test('a column that is empty everywhere is left out', () => {
  expect(
    table([
      { id: '2', bio: null },
      { id: '3', bio: '' },
    ]),
  ).toBe('id\n──\n2\n3')
})

test('a text is cut to terminal columns, never in the middle of a character', () => {
  expect(fit('花儿巷', 5)).toBe('花儿…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
      expect(columnsOf(fit(text, width))).toBeLessThanOrEqual(width)
    }),
  )
})

test('a name cannot move the cursor or colour the terminal', () => {
  expect(printable('a\u001b[31mb\u0007c\u202ed\ne')).toBe('a\uFFFD[31mb\uFFFDc\uFFFDd⏎e')
  expect(table([{ name: '\u001b[2J' }])).not.toContain('\u001b')
})

test('an answer is shown by its shape: nothing, names and values, a table, tables among values', () => {
  expect(render(null)).toBe('Done.')
  expect(render([])).toBe('None.')
  expect(render({ im_group_id: '36036128342017' })).toBe('im_group_id  36036128342017')
  expect(render({ database: { kind: 'pglite' }, queue: { dead: 0 } })).toBe(
    'database.kind  pglite\nqueue.dead     0',
  )
  expect(render({ id: '1', errors: [] })).toBe('id      1\nerrors  -')
  expect(render([{ id: '1', affiliations: [{ id: 2, name: 'Li' }] }])).toBe(
    'id  1\naffiliations:\n  id  name\n  ──  ────\n  2   Li',
  )
})

test('a page is a table and says how to get the next', () => {
  expect(render({ users: [{ id: '1' }], cursor: 'abc' })).toBe('id\n──\n1\nMore: repeat with --cursor abc')
  expect(render({ users: [], cursor: null })).toBe('None.')
})
