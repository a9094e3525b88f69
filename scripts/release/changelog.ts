import { bumps, type Changeset } from '../changesets/read.ts'

const headings = { major: 'Breaking', minor: 'New or breaking', patch: 'Mended' } as const

/**
 * The section of a release in CHANGELOG.md: the texts of its changesets, the largest changes first, each with the packages it concerns.
 * @example sectionOf('0.2.0', readChangesets('.changeset'))
 */
export function sectionOf(version: string, changesets: readonly Changeset[]): string {
  const parts = bumps.toReversed().flatMap(bump => {
    const found = changesets.filter(changeset => largest(changeset) === bump)
    return found.length === 0 ? [] : [`### ${headings[bump]}`, ...found.map(entry)]
  })
  return [`## ${version}`, ...parts].join('\n\n')
}

/**
 * Puts a section above the newest one.
 * @throws Error when the changelog has that version already
 */
export function withSection(changelog: string, section: string): string {
  const [heading = ''] = section.split('\n')
  if (changelog.split('\n').includes(heading)) throw new Error(`CHANGELOG.md has "${heading}" already`)
  const at = changelog.indexOf('\n## ')
  return at < 0
    ? `${changelog.trimEnd()}\n\n${section}\n`
    : `${changelog.slice(0, at + 1)}${section}\n\n${changelog.slice(at + 1)}`
}

function largest(changeset: Changeset) {
  return bumps.findLast(bump => [...changeset.bumps.values()].includes(bump))
}

function entry({ bumps, text }: Changeset): string {
  const names = [...bumps.keys()].map(name => name.replace('@easemob-gateway/', '')).join(', ')
  return `${text}\n\n_${names}_`
}
