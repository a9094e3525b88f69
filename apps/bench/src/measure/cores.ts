import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Which core a process is kept on: the server on one, everything else on the other. */
export type Place = 'server' | 'others' | 'anywhere'

/** Whether processes can be kept on cores here: two cores or more, and `taskset`. */
export const canPin: boolean = availableParallelism() >= 2 && hasTaskset()

const cores: Readonly<Record<Place, string>> = {
  server: '0',
  others: `1-${availableParallelism() - 1}`,
  anywhere: `0-${availableParallelism() - 1}`,
}

/** What to put before a command so that it runs in its place. */
export function prefixOf(place: Place): string[] {
  return canPin && place !== 'anywhere' ? ['taskset', '-c', cores[place]] : []
}

/** Moves a running process, with all its threads; what it starts from now on goes along. */
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
