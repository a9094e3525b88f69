import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The core that a process is pinned to: the server to one, all others to the other. */
export type Place = 'server' | 'others' | 'anywhere'

/** Whether processes can be pinned to cores: this needs two cores and `taskset`. */
export const canPin: boolean = availableParallelism() >= 2 && hasTaskset()

const cores: Readonly<Record<Place, string>> = {
  server: '0',
  others: `1-${availableParallelism() - 1}`,
  anywhere: `0-${availableParallelism() - 1}`,
}

/** The command prefix that pins a process to its core. */
export function prefixOf(place: Place): string[] {
  return canPin && place !== 'anywhere' ? ['taskset', '-c', cores[place]] : []
}

/** Pins a running process with all its threads; its later child processes inherit that. */
export function move(pid: number, place: Place): void {
  if (canPin) execFileSync('taskset', ['-a', '-c', '-p', cores[place], String(pid)], { stdio: 'ignore' })
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
