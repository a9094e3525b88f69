import { isLoopback } from '../admin/guard.ts'
import type { Emulator } from '../emulator.ts'

/** The environment variables that point a client at the emulator. */
export const environmentOf = ({ appKey, clientId, clientSecret, url }: Emulator) => ({
  EASEMOB_APP_KEY: appKey,
  EASEMOB_CLIENT_ID: clientId,
  EASEMOB_CLIENT_SECRET: clientSecret,
  EASEMOB_BASE_URL: url,
})

/** The text that `start` prints: the addresses and a block for an .env file. */
export function banner(emulator: Emulator, host: string): string {
  const env = Object.entries(environmentOf(emulator)).map(([name, value]) => `${name}=${quoted(value)}`)
  const warning = isLoopback(host)
    ? []
    : [`Bound to ${host}: anyone who reaches this port can read and change everything, faults included.`, '']
  return [
    `Easemob emulator listening on ${emulator.url}`,
    `Inspector: ${emulator.url}/_emulator/`,
    '',
    '# .env',
    ...env,
    '',
    ...warning,
  ].join('\n')
}

/** Quoted when needed: `#`, as in an app key, begins a comment in .env files and shells. */
const quoted = (value: string) => (/^[\w./:-]+$/.test(value) ? value : `'${value}'`)
