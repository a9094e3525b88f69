import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How much a package changes, from the least to the most. */
export const bumps = ['patch', 'minor', 'major'] as const
export type Bump = (typeof bumps)[number]

/** A changeset: what changes, and how much for each package. */
export interface Changeset {
  readonly file: string
  readonly bumps: ReadonlyMap<string, Bump>
  readonly text: string
}

/** The changesets of a folder that wait for a release, by name of their file. */
export function readChangesets(folder: string): Changeset[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .map(file => parseChangeset(file, readFileSync(join(folder, file), 'utf8')))
}

/**
 * Reads a changeset's front matter, `'<package>': <bump>` a line, and its text.
 * @throws Error naming the file when it has no front matter, or a line of it says something else
 */
export function parseChangeset(file: string, source: string): Changeset {
  const [, front, text] = /^---\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(source) ?? []
  if (front === undefined || text === undefined) throw new Error(`${file} does not begin with --- … ---`)
  const lines = front.split('\n').filter(line => line.trim() !== '')
  return { file, bumps: new Map(lines.map(line => parseLine(file, line))), text: text.trim() }
}

function parseLine(file: string, line: string): [string, Bump] {
  const { name = '', word } = /^(["']?)(?<name>.+)\1: *(?<word>\w+)$/.exec(line)?.groups ?? {}
  const bump = bumps.find(known => known === word)
  if (!bump) throw new Error(`${file}: write '<package>': patch, minor or major, not ${line}`)
  return [name, bump]
}
