import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type Place, prefixOf } from './cores.ts'

/** A program in a process of its own that has said where it listens. */
export interface Running {
  readonly url: string
  readonly pid: number
  /** ms from the start of the process to its line. */
  readonly startedInMs: number
  /** Seconds of processor time that the process has used; NaN where the system does not tell. */
  cpuSeconds(): number
  /** Bytes of memory in use; NaN where the system does not tell. */
  memory(): number
  stop(): Promise<void>
}

const listening = z.object({ msg: z.literal('listening'), url: z.string() })
const ticksPerSecond = 100
const complaintsShown = 20
const patienceMs = 10_000

export interface Program {
  /** Path of the TypeScript or JavaScript file. */
  readonly file: string
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly place: Place
}

/**
 * Starts a program and waits for its line `{"msg":"listening","url":…}`.
 * @throws Error with what it said, when it ends before that
 */
export async function startProcess({
  file,
  args = [],
  nodeArgs = [],
  env = {},
  place,
}: Program): Promise<Running> {
  const [command = process.execPath, ...rest] = [
    ...prefixOf(place),
    process.execPath,
    ...nodeArgs,
    file,
    ...args,
  ]
  const began = performance.now()
  const child = spawn(command, rest, {
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', line => {
    complaints.push(line)
    if (complaints.length > complaintsShown) complaints.shift()
  })
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout })
    lines.on('line', line => {
      const said = listening.safeParse(parse(line))
      if (!said.success) return
      resolve(said.data.url)
      // Its log is let through unread: reading it would cost the load its time.
      lines.close()
      child.stdout.resume()
    })
    void gone.then(() => reject(new Error(`${file} ended at its start: ${complaints.join('\n')}`)))
  })
  const startedInMs = performance.now() - began
  const pid = child.pid ?? 0
  return {
    url,
    pid,
    startedInMs,
    cpuSeconds: () => cpuSecondsOf(pid),
    memory: () => memoryOf(pid),
    async stop() {
      child.kill('SIGTERM')
      const cut = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await gone
      clearTimeout(cut)
    },
  }
}

/** Processor time of a process so far, in seconds. */
export function cpuSecondsOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1]) * 1024
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
