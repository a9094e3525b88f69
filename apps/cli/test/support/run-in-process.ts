import { Readable } from 'node:stream'
import { main } from '../../src/cli.ts'
import type { CliEnv } from '../../src/env.ts'
import type { Ran } from './run-cli.ts'

/** Runs a command line in this process, which takes milliseconds where a process of its own takes a quarter of a second. */
export async function runInProcess(args: readonly string[], env: Partial<CliEnv>): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await main(args, {
    env: {
      gatewayUrl: undefined,
      gatewayToken: undefined,
      configFile: '/nowhere/config.json',
      dataDir: '/nowhere',
      jwtSecret: undefined,
      jwtIssuer: undefined,
      jwtAudience: undefined,
      ...env,
    },
    stdin: Readable.from([]),
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
    terminal: { out: false, err: false },
  })
  return { code, out, err }
}
