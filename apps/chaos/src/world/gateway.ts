import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A gateway in a process of its own. */
export interface Gateway {
  readonly url: string
  readonly pid: number
  /** False from the moment its death is known. */
  readonly alive: boolean
  /** Resolves when the process has gone, whatever the way. */
  readonly gone: Promise<void>
  /** SIGKILL: nothing is finished, nothing handed back. */
  kill(): Promise<void>
  /** SIGTERM. */
  stop(): Promise<void>
}

/** It was killed before it listened: at a crash point in its start. */
export class DiedAtStart extends Error {}

const main = fileURLToPath(new URL('../../../server/bin/gateway.js', import.meta.url))
const complaintsShown = 5
const listening = z.object({ msg: z.literal('listening'), url: z.string() })

/**
 * @param env the gateway's own variables; nothing of this process's environment goes along but the PATH
 * @param onLine every line of its output, for the log of a failed run
 * @throws DiedAtStart; an Error with what it said when it could not start
 */
export async function startGateway(
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<Gateway> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const state = { alive: true }
  const gone = new Promise<void>(resolve => {
    child.once('exit', () => {
      state.alive = false
      resolve()
    })
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await gone
  }
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', line => {
    complaints.push(line)
    onLine(line)
  })
  const lines = createInterface({ input: child.stdout })
  const url = new Promise<string | null>(resolve => {
    void gone.then(() => resolve(null))
    lines.on('line', line => {
      onLine(line)
      const said = listening.safeParse(parse(line))
      if (said.success) resolve(said.data.url)
    })
  })
  const found = await url
  if (found === null && child.signalCode === 'SIGKILL') throw new DiedAtStart('The gateway was killed')
  if (found === null)
    throw new Error(`The gateway could not start: ${complaints.slice(-complaintsShown).join('\n')}`)
  return {
    url: found,
    pid: child.pid ?? 0,
    get alive() {
      return state.alive
    },
    gone,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
