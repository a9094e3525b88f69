import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** Halves the processor time of a start. Node keys the entries by content, so runs and checkouts may share the folder. */
const COMPILE_CACHE = join(tmpdir(), 'easemob-emulator-compile-cache')

/** A temporary folder for one test, removed when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emulator-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export interface Program {
  readonly child: ChildProcess
  readonly pid: number
  /** what the process has written so far, both streams */
  output(): string
  /** Resolves with the first match in the output. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

/** Starts the command line as a process, which is killed when the test ends. */
export function program(...args: string[]): Program {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const listener of listeners) listener()
    })
  }
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode }))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    until: pattern =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(output)
          if (match !== null) resolve(match)
          return match !== null
        }
        if (check()) return
        listeners.add(check)
        void ended.then(() => check() || reject(new Error(`ended without ${pattern}:\n${output}`)))
      }),
  }
}

/** Starts the emulator as a process and waits until it listens. */
export async function startedProgram(...args: string[]): Promise<Program & { readonly url: string }> {
  const started = program(...args)
  const [, url = ''] = await started.until(/listening on (http:\S+)[\s\S]*EASEMOB_BASE_URL=.*\n/)
  return { ...started, url }
}

/** The address of an emulator started with default credentials. */
export const addressOf = (url: string) => ({
  ...{ url, appKey: 'demo#app', clientId: 'emulator-client-id', clientSecret: 'emulator-client-secret' },
})
