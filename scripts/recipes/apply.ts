import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Step } from './read-page.ts'

/**
 * Makes one change of a recipe in a folder.
 * @throws Error when a file to be created is there, or a line to go beside is not there exactly once
 */
export function applyStep(folder: string, step: Step): void {
  const path = join(folder, step.file)
  if (step.kind === 'create') {
    if (existsSync(path)) throw new Error(`${step.file} is there already`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, step.text)
    return
  }
  writeFileSync(path, inserted(readFileSync(path, 'utf8'), step))
}

/** The text with a block put beside its anchor, indented as the anchor is. */
export function inserted(source: string, step: Extract<Step, { kind: 'insert' }>): string {
  const { file, where, anchor, text } = step
  const lines = source.split('\n')
  const places = lines.flatMap((line, at) => (line.trim() === anchor ? [at] : []))
  const [at] = places
  if (at === undefined || places.length > 1)
    throw new Error(`${file} has ${places.length} lines "${anchor}" instead of one`)
  const indentation = /^\s*/.exec(lines[at] ?? '')?.[0] ?? ''
  const block = text
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? line : indentation + line))
  // A line's documentation stays with it.
  const start = where === 'after' ? at + 1 : startOfComment(lines, at)
  return [...lines.slice(0, start), ...block, ...lines.slice(start)].join('\n')
}

function startOfComment(lines: readonly string[], at: number): number {
  let start = at
  while (start > 0 && /^\s*(\/\*\*|\*|\/\/)/.test(lines[start - 1] ?? '')) start--
  return start
}
