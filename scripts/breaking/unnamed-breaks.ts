import { bumps, type Changeset } from '../changesets/read.ts'
import type { Break } from './break.ts'

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
  const enough = bumps.slice(bumps.indexOf(needed))
  const marked = changesets.filter(changeset => enough.some(bump => bump === changeset.bumps.get(name)))
  return breaks.filter(({ operation }) => !marked.some(({ text }) => isNamed(text, operation)))
}

/** Whole names only: `groups.get` is not named by `groups.getAll`. */
function isNamed(text: string, operation: string): boolean {
  const escaped = operation.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w.])${escaped}(?!\\w)`).test(text)
}
