import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Gives a copy of the repository the dependencies that are installed in `root`, in milliseconds instead of an install.
 * Links between workspace packages lead to the packages of the copy, so that the copy sees its own changes.
 */
export function linkModules(root: string, copy: string): void {
  for (const folder of ['.', ...packagesIn(root)]) {
    const modules = join(root, folder, 'node_modules')
    if (!existsSync(modules) || !existsSync(join(copy, folder))) continue
    linkEntries(root, copy, modules, join(copy, folder, 'node_modules'))
  }
}

function packagesIn(root: string): string[] {
  return ['apps', 'packages'].flatMap(group =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => join(group, entry.name)),
  )
}

function linkEntries(root: string, copy: string, from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const { name } of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, name)
    // A scope holds links of its own.
    if (name.startsWith('@')) linkEntries(root, copy, source, join(to, name))
    // Caches and temporary files of tools stay with their own tree.
    else if (!isToolCache(name)) symlinkSync(targetOf(root, copy, source), join(to, name))
  }
}

const isToolCache = (name: string) => name.startsWith('.') && name !== '.pnpm' && name !== '.bin'

function targetOf(root: string, copy: string, source: string): string {
  const target = realpathSync(source)
  const inside = relative(realpathSync(root), target)
  const isWorkspacePackage = !inside.startsWith('..') && !inside.split(sep).includes('node_modules')
  return isWorkspacePackage ? join(copy, inside) : target
}
