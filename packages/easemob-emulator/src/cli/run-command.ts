import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { childEnvironment } from '../env.ts'

/** How long a command may take to end when asked to. */
const PATIENCE_MS = 5000

/**
 * Runs a shell command in a process group of its own and gives its exit code (128 + n where signal n ended it).
 * Aborting ends the whole group.
 */
export function runCommand(
  command: string,
  environment: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
      env: childEnvironment(environment),
    })
    const end = () => {
      signalGroup(child, 'SIGTERM')
      setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS).unref()
    }
    stop.addEventListener('abort', end)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stop.removeEventListener('abort', end)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // The group ended by itself in the meantime.
  }
}
