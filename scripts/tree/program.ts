import { spawnSync } from 'node:child_process'

/** A program that did not end well, with what it printed. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed'
}

/**
 * Runs a program to its end and answers what it printed on stdout.
 * @throws ProgramFailed with both outputs when it exits with another code than 0
 * @example const files = run(root, 'git', ['ls-files'])
 */
export function run(folder: string, program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0)
    throw new ProgramFailed(`${program} ${args.join(' ')} exited with ${status}\n${stdout}${stderr}`)
  return stdout
}
