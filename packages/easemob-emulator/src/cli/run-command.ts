import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { childEnvironment } from '../env.ts'

/** How long a command may take to end after SIGTERM before it gets SIGKILL. */
const KILL_AFTER_MS = 5000

/**
 * Runs a shell command in its own process group and returns its exit code, or 128 + n when signal n ended it.
 * Aborting `stop` ends the whole group.
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
      setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS).unref()
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
    // The group has already ended.
  }
}
