import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/easemob.js', import.meta.url))

/** The exit code and the output of a command line. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder of its own for one test: working directory, config directory and data directory of the commands run in it. */
export async function workplace(env: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-cli-'))
  const clean = { PATH: process.env['PATH'] ?? '', XDG_CONFIG_HOME: join(folder, 'config'), ...env }
  const start = (args: readonly string[]) =>
    spawn(process.execPath, [program, ...args], { cwd: folder, env: clean })
  return {
    folder,
    start,
    /** Runs the real command in a process of its own. */
    run: (args: readonly string[], input = ''): Promise<Ran> =>
      new Promise((resolve, reject) => {
        const child = start(args)
        let out = ''
        let err = ''
        child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
        child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
        child.once('error', reject)
        child.once('close', code => resolve({ code, out, err }))
        child.stdin.on('error', () => {})
        child.stdin.end(input)
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
