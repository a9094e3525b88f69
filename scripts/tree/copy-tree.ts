import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { linkModules } from './link-modules.ts'
import { run } from './program.ts'

/** A copy of the repository in a temporary folder, its dependencies linked to those that are installed. */
export interface Tree {
  readonly folder: string
  /** Deletes the copy. */
  remove(): void
}

/**
 * Copies the working tree as it stands: tracked files and new ones, without what git ignores.
 * @example const tree = copyWorkingTree(root)
 */
export function copyWorkingTree(root: string): Tree {
  const listed = run(root, 'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  const gone = new Set(run(root, 'git', ['ls-files', '-z', '--deleted']).split('\0'))
  return makeTree(root, folder => {
    for (const file of listed.split('\0')) {
      if (file === '' || gone.has(file)) continue
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      cpSync(join(root, file), join(folder, file))
    }
  })
}

/**
 * Copies the tree of a commit.
 * @param commit anything git can name: `origin/main`, `HEAD~3`
 */
export function copyCommit(root: string, commit: string): Tree {
  return makeTree(root, folder => {
    const archive = join(folder, 'tree.tar')
    run(root, 'git', ['archive', '--format=tar', `--output=${archive}`, commit])
    run(folder, 'tar', ['-xf', archive])
    rmSync(archive)
  })
}

function makeTree(root: string, fill: (folder: string) => void): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'easemob-gateway-tree-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    fill(folder)
    linkModules(root, folder)
    return { folder, remove }
  } catch (error) {
    remove()
    throw error
  }
}
