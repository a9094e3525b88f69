import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pkg from '../../packages/contracts/package.json' with { type: 'json' }
import { type Changeset, readChangesets } from '../changesets/read.ts'
import { copyCommit } from '../tree/copy-tree.ts'
import { run } from '../tree/program.ts'
import { breaksBetween } from './compare-shapes.ts'
import { isShape } from './is-shape.ts'
import { type Shape, shapeOf } from './shape.ts'
import { neededBump, unnamedBreaks } from './unnamed-breaks.ts'

const root = join(import.meta.dirname, '../..')
const printer = 'scripts/breaking/print-shape.ts'
const changesetFolder = '.changeset'
const say = (line: string) => process.stdout.write(`${line}\n`)

/** The shape that a commit tells of itself; null for commits from before it could. */
function shapeOfCommit(commit: string): Shape | null {
  const tree = copyCommit(root, commit)
  try {
    if (!existsSync(join(tree.folder, printer))) return null
    const shape: unknown = JSON.parse(run(tree.folder, process.execPath, [printer]))
    if (!isShape(shape)) throw new Error(`${commit} does not print a shape`)
    return shape
  } finally {
    tree.remove()
  }
}

function newChangesets(commit: string): Changeset[] {
  const there = new Set(
    run(root, 'git', ['ls-tree', '--name-only', commit, `${changesetFolder}/`]).split('\n'),
  )
  return readChangesets(join(root, changesetFolder)).filter(
    ({ file }) => !there.has(`${changesetFolder}/${file}`),
  )
}

const [given = 'origin/main'] = process.argv.slice(2).filter(argument => argument !== '--')
const base = run(root, 'git', ['merge-base', 'HEAD', given]).trim()
const before = shapeOfCommit(base)
if (before === null) {
  say(`${base.slice(0, 7)} has no ${printer}: there is nothing to compare with`)
} else {
  const breaks = breaksBetween(before, shapeOf())
  const needed = neededBump(pkg.version)
  const unnamed = unnamedBreaks(breaks, newChangesets(base), pkg.name, needed)
  for (const { operation, what } of breaks) say(`breaks callers of ${operation}: ${what}`)
  if (breaks.length === 0) say(`nothing breaks callers of ${base.slice(0, 7)}`)
  if (unnamed.length > 0) {
    const operations = [...new Set(unnamed.map(({ operation }) => operation))].join(', ')
    say(
      `\nNo new changeset marks ${pkg.name} as ${needed} and names ${operations}.\n` +
        'Undo the change, or run `pnpm changeset` and say in its text what callers have to do.',
    )
    process.exitCode = 1
  }
}
