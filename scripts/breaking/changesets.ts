import type { Break } from './compare-shapes.ts'

/** A changeset file. */
export interface Changeset {
  readonly file: string
  readonly text: string
}

const ranks: readonly string[] = ['patch', 'minor', 'major']

/**
 * What a breaking change must be marked as: below 1.0 a minor version may break, by the rules of semantic versioning and
 * of npm's `^`; from 1.0 on only a major one may.
 */
export function neededBump(version: string): 'minor' | 'major' {
  return version.startsWith('0.') ? 'minor' : 'major'
}

/**
 * Breaks that no changeset tells of.
 * @param changesets those that the base does not have
 * @param name the package whose version callers go by
 * @example unnamedBreaks(breaks, changesets, '@easemob-gateway/contracts', 'minor')
 */
export function unnamedBreaks(
  breaks: readonly Break[],
  changesets: readonly Changeset[],
  name: string,
  needed: 'minor' | 'major',
): Break[] {
  const marked = changesets.filter(({ text }) => ranks.indexOf(bumpOf(text, name)) >= ranks.indexOf(needed))
  return breaks.filter(({ operation }) => !marked.some(({ text }) => names(text, operation)))
}

/** What the front matter says of a package: `'@easemob-gateway/contracts': minor`. */
function bumpOf(text: string, name: string): string {
  const [, front = ''] = /^---\n([\s\S]*?)\n---/.exec(text) ?? []
  const line = front.split('\n').find(entry => entry.replace(/["']/g, '').startsWith(`${name}:`))
  return line?.split(':').at(-1)?.trim() ?? ''
}

/** Whole names only: `groups.get` is not named by `groups.getAll`. */
function names(text: string, operation: string): boolean {
  const escaped = operation.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w.])${escaped}(?!\\w)`).test(text)
}
