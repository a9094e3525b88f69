import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { inherited } from '../env.ts'

/** A gateway in a process of its own. */
export interface Gateway {
  readonly url: string
  readonly pid: number
  /** False once the end of the process has been observed. */
  readonly alive: boolean
  /** Resolves when the process has ended, for any reason. */
  readonly gone: Promise<void>
  /** Sends SIGKILL: the process finishes and releases nothing. */
  kill(): Promise<void>
  /** Sends SIGTERM. */
  stop(): Promise<void>
}

/** The gateway was killed before it listened, at a failpoint in its start. */
export class DiedAtStart extends Error {}

const main = fileURLToPath(new URL('../../../server/bin/gateway.js', import.meta.url))
const complaintsShown = 5
const listening = z.object({ msg: z.literal('listening'), url: z.string() })

/**
 * Starts a gateway.
 * @param env the gateway's variables; of this process's environment it inherits PATH only
 * @param onLine receives every line of its output
 * @throws DiedAtStart; Error with its output when it could not start
 */
export async function startGateway(
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<Gateway> {
  const child = spawn(process.execPath, [main], {
    env: { ...inherited, ...env },
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
