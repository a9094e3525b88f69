import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BadSnapshot } from './replay.ts'

/** Locks that this process holds. In a container a stale lock may contain the pid of this process, so the pid alone does not tell. */
const held = new Set<string>()

/**
 * Locks a snapshot file, so that only one emulator uses it. A lock left by a killed process is taken over.
 *
 * @returns a function that releases the lock
 * @throws BadSnapshot when a running process holds it
 */
export function lock(file: string): () => void {
  const path = `${resolve(file)}.lock`
  const holder = readPid(path)
  const mine = holder === process.pid
  if (holder !== undefined && (mine ? held.has(path) : isAlive(holder))) {
    throw new BadSnapshot(`${file} is in use by process ${holder}; stop it or name another file`)
  }
  writeFileSync(path, String(process.pid))
  held.add(path)
  return () => {
    held.delete(path)
    rmSync(path, { force: true })
  }
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
