import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readChangesets } from '../changesets/read.ts'
import { run } from '../tree/program.ts'
import { sectionOf, withSection } from './changelog.ts'

const root = join(import.meta.dirname, '../..')
const changelog = join(root, 'CHANGELOG.md')

// The changesets are read first: `changeset version` deletes them.
const changesets = readChangesets(join(root, '.changeset'))
if (changesets.length === 0) throw new Error('There is no changeset to release: run `pnpm changeset` first')
run(root, 'npx', ['changeset', 'version'])
const manifest: unknown = JSON.parse(readFileSync(join(root, 'packages/contracts/package.json'), 'utf8'))
const version = String(Reflect.get(Object(manifest), 'version'))
writeFileSync(changelog, withSection(readFileSync(changelog, 'utf8'), sectionOf(version, changesets)))
process.stdout.write(`${version}: ${changesets.length} changesets are in CHANGELOG.md\n`)
