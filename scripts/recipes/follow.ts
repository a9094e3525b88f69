import { copyWorkingTree } from '../tree/copy-tree.ts'
import { run } from '../tree/program.ts'
import { applyStep } from './apply.ts'
import { countKinds, differences, madeByCommand } from './kinds.ts'
import type { Recipe } from './read-page.ts'

/** What came of following a recipe. */
export interface Followed {
  /** Files by kind, those made by its commands included. */
  readonly counts: ReadonlyMap<string, number>
  /** Files that its commands changed beyond those. */
  readonly generated: readonly string[]
  /** Why the recipe does not hold; empty when it does. */
  readonly problems: readonly string[]
}

const asCommitter = ['-c', 'user.name=recipes', '-c', 'user.email=recipes@localhost']

/**
 * Follows a recipe in a copy of the working tree: makes its changes, runs its commands, and compares the files that
 * have changed with what the page says.
 *
 * @param report told of every command before it runs
 * @throws ProgramFailed with the output of the first command that fails
 */
export function followRecipe(root: string, recipe: Recipe, report: (line: string) => void): Followed {
  const tree = copyWorkingTree(root)
  const git = (...args: string[]) => run(tree.folder, 'git', [...asCommitter, ...args])
  const changed = () => {
    git('add', '--all')
    return git('diff', '--cached', '--name-only', '-z').split('\0').filter(Boolean)
  }
  try {
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--no-verify', '--message', 'before')
    for (const step of recipe.steps) applyStep(tree.folder, step)
    const byHand = changed()
    for (const command of recipe.commands) {
      report(`  ${command}`)
      runCommand(tree.folder, command)
    }
    const generated = changed().filter(file => !byHand.includes(file))
    const counts = countKinds(byHand)
    if (generated.length > 0) counts.set(madeByCommand, generated.length)
    return { counts, generated, problems: differences(recipe.counts, counts) }
  } finally {
    tree.remove()
  }
}

/** The dependencies of a copy are links, which an install would replace. */
const withoutInstall = 'npm_config_verify_deps_before_run=false'

function runCommand(folder: string, command: string): void {
  run(folder, 'sh', ['-c', `${withoutInstall} ${command.replace(/^pnpm /, 'npx -y pnpm@10 ')}`])
}
