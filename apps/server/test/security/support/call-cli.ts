import { kebab } from '../../../../cli/src/args/names.ts'
import { runInProcess } from '../../../../cli/test/support/run-in-process.ts'

// Every command that watches listens for Ctrl-C, and here many run at once.
process.setMaxListeners(100)

/**
 * Calls an operation as the command `easemob` does, within this process.
 * @returns the exit code, with the reason where the gateway gave one: `0`, `1 FORBIDDEN`
 */
export async function callCli(
  url: string,
  path: string,
  input: Readonly<Record<string, unknown>>,
  token: string | null,
): Promise<string> {
  const flags = Object.entries(input).flatMap(([name, value]) => [`--${kebab(name)}`, written(value)])
  const args = [...path.split('.').map(kebab), ...flags, '--json']
  const { code, err } = await runInProcess(args, { gatewayUrl: url, gatewayToken: token || undefined })
  if (code === 0) return '0'
  const reason = /^why: +([A-Z_]+)/m.exec(err)?.[1]
  return reason === undefined ? `${code}: ${err}` : `${code} ${reason}`
}

function written(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  return value.some(item => typeof item === 'object') ? JSON.stringify(value) : value.join()
}
