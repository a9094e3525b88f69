import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { inherited } from '../env.ts'
import { type Place, prefixOf } from './cores.ts'

/** A program that listens in a process of its own. */
export interface Running {
  readonly url: string
  readonly pid: number
  /** ms from the start of the process to the line that reports its URL. */
  readonly startedInMs: number
  /** Seconds of processor time that the process has used; NaN on systems without `/proc`. */
  cpuSeconds(): number
  /** Bytes of resident memory; NaN on systems without `/proc`. */
  memory(): number
  stop(): Promise<void>
}

const listening = z.object({ msg: z.literal('listening'), url: z.string() })
const ticksPerSecond = 100
const maxStderrLines = 20
const stopTimeoutMs = 10_000

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
 * @throws Error with its stderr when it ends before that
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
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stderr: string[] = []
  createInterface({ input: child.stderr }).on('line', line => {
    stderr.push(line)
    if (stderr.length > maxStderrLines) stderr.shift()
  })
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout })
    lines.on('line', line => {
      const said = listening.safeParse(parse(line))
      if (!said.success) return
      resolve(said.data.url)
      // The rest of the output is discarded, since parsing it would take time from the load generator.
      lines.close()
      child.stdout.resume()
    })
    void gone.then(() => reject(new Error(`${file} ended at its start: ${stderr.join('\n')}`)))
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
      const killing = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
      await gone
      clearTimeout(killing)
    },
  }
}

/** The processor time that a process has used, in seconds. */
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
