import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { secretInOutput } from '../support/process-secrets.ts'

const main = new URL('../../bin/gateway.js', import.meta.url).pathname

/**
 * A gateway as the operating system sees it. It logs at `trace`; when it ends, its output is searched for every secret
 * that was used.
 */
export interface GatewayProcess {
  readonly child: ChildProcess
  /** Lines of stdout so far. */
  readonly lines: readonly string[]
  /** Everything on stderr so far. */
  errors(): string
  /** The first line, past or to come, that the test accepts; rejects when the process ends before. */
  line(accepts: (line: string) => boolean): Promise<string>
  /** What the `listening` line says. */
  listening(): Promise<{ url: string; emulatorUrl: string | null; pid: number }>
  /** The exit code, null for a signal. Rejects where the output held a secret. */
  readonly ended: Promise<number | null>
}

/** @param env all of it: nothing of the test's own environment that could configure a gateway */
export function startProcess(env: Readonly<Record<string, string>>): GatewayProcess {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', ...env, LOG_LEVEL: 'trace' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let errors = ''
  const waiting = new Set<() => void>()
  let over = false
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', code => {
      over = true
      for (const look of waiting) look()
      const found = secretInOutput(env, lines, errors)
      if (found === null) resolve(code)
      else reject(new Error(`The output holds ${found}`))
    }),
  )
  ended.catch(() => undefined)
  child.stderr.on('data', piece => {
    errors += piece
  })
  createInterface({ input: child.stdout }).on('line', line => {
    lines.push(line)
    for (const look of waiting) look()
  })
  const line: GatewayProcess['line'] = accepts =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = lines.find(accepts)
        if (found === undefined && !over) return
        waiting.delete(look)
        if (found !== undefined) resolve(found)
        else reject(new Error(`The process ended before the line came: ${errors}`))
      }
      waiting.add(look)
      look()
    })
  return {
    child,
    lines,
    errors: () => errors,
    line,
    listening: async () => JSON.parse(await line(text => text.includes('"msg":"listening"'))),
    ended,
  }
}
