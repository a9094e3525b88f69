import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A data folder that is ours until released. */
export interface DataDir {
  readonly path: string
  /** A secret kept in the folder, made at the first start; only its owner can read the file. */
  secret(name: string, bytes: number): string
  release(): void
}

/**
 * Takes a data folder for this process alone. A lock left by a process that is gone is taken over.
 * @throws Error naming the process that has it
 */
export function openDataDir(path: string): DataDir {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const lock = join(path, 'lock')
  takeLock(lock, path)
  return {
    path,
    secret: (name, bytes) => readOrMake(join(path, name), bytes),
    release: () => rmSync(lock, { force: true }),
  }
}

function takeLock(lock: string, path: string): void {
  for (let tries = 0; tries < 5; tries++) {
    if (create(lock, owner())) return
    const holder = readText(lock)
    if (holder !== null && isAlive(holder))
      throw new Error(
        `The data folder ${path} is in use by process ${holder.split(' ')[0]}: stop it, or set DATA_DIR to another folder`,
      )
    rmSync(lock, { force: true })
  }
  throw new Error(`The data folder ${path} could not be locked: another process keeps taking it`)
}

/** Process ids are used again: the start time tells two processes apart, where the system shows it. */
function owner(pid = process.pid): string {
  const stat = readText(`/proc/${pid}/stat`)
  return `${pid} ${stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`.trim()
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(' ')[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return owner(pid) === holder
}

function readOrMake(file: string, bytes: number): string {
  const kept = readText(file)?.trim()
  if (kept) return kept
  writeFileSync(file, `${randomBytes(bytes).toString('base64')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** False when the file is there already. */
function create(file: string, text: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600)
    writeFileSync(handle, text)
    closeSync(handle)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
