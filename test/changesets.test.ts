import { describe, expect, test } from 'vitest'
import type { Break } from '../scripts/breaking/break.ts'
import { neededBump, unnamedBreaks } from '../scripts/breaking/unnamed-breaks.ts'
import { parseChangeset } from '../scripts/changesets/read.ts'

describe('a break is told', () => {
  const breaks: Break[] = [{ operation: 'groups.get', what: 'the operation is gone' }]
  const name = '@easemob-gateway/contracts'
  const unnamed = (bump: string, text: string, needed: 'minor' | 'major' = 'minor') =>
    unnamedBreaks(breaks, [parseChangeset('x.md', `---\n'${name}': ${bump}\n---\n\n${text}\n`)], name, needed)

  test.each(['minor', 'major'])('by a %s changeset that names the operation', bump => {
    expect(unnamed(bump, 'Use `groups.list` in place of `groups.get`.')).toEqual([])
    expect(unnamed(bump, 'There is no more groups.get.')).toEqual([])
  })

  test.each([
    ['marks too little', 'patch', '`groups.get` is gone'],
    ['names another operation', 'minor', '`groups.getAll` and `my.groups.get` are gone'],
  ])('by none that %s', (_, bump, text) => {
    expect(unnamed(bump, text)).toEqual(breaks)
  })

  test('only by a major one from 1.0 on', () => {
    expect([neededBump('0.9.3'), neededBump('1.0.0')]).toEqual(['minor', 'major'])
    expect(unnamed('minor', '`groups.get` is gone', 'major')).toEqual(breaks)
  })

  test('not by a changeset of another package', () => {
    const other = parseChangeset(
      'x.md',
      "---\n'@easemob-gateway/client': major\n---\n\n`groups.get` is gone\n",
    )
    expect(unnamedBreaks(breaks, [other], name, 'minor')).toEqual(breaks)
  })
})

test.each([['no front matter'], ["---\n'a': huge\n---\n\ntext"]])(
  'a changeset like %j is refused with its name',
  text => {
    expect(() => parseChangeset('bad.md', text)).toThrow(/bad\.md/)
  },
)
