import { flagUsage, globalFlags } from '../args/flag.ts'
import { commandList } from './command-list.ts'

/** Commands that are no operation of the gateway. */
export const localCommands = {
  token: 'make a token for a user with the secret of the gateway: --user 1 [--admin] [--ttl 1h]',
  config: 'show, or set url|token VALUE [--profile NAME]: where and who, kept for later',
} as const

/** Names and what they do, in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`.trimEnd()).join('\n')
}

/** The flags every command takes. */
export function globalPage(): string {
  return `Everywhere:\n${columns(globalFlags.map(flag => [flagUsage(flag).replace('[no-]', ''), flag.about]))}\n`
}

/** What `easemob --help` prints. */
export function topPage(): string {
  const domains = Object.entries(commandList).map(([domain, operations]) => section(domain, operations))
  return `easemob: manage Easemob accounts and groups through a gateway

  easemob <domain> <operation> [--flags]
  easemob groups create --groupname 花儿巷 --desc 来自花儿巷的朋友 --members 2,4,5
  easemob users import people.ndjson
  easemob accounts register-missing

${domains.join('\n')}
On this machine:
${columns(Object.entries(localCommands))}

${globalPage()}
Flags of one command: easemob <domain> <operation> --help
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 gateway unreachable
`
}

/** What `easemob groups --help` prints. */
export function domainPage(domain: string, operations: Readonly<Record<string, string>>): string {
  return `easemob ${domain} <operation> [--flags]\n\n${section(domain, operations)}\n${globalPage()}`
}

function section(domain: string, operations: Readonly<Record<string, string>>): string {
  return `${domain}:\n${columns(Object.entries(operations))}\n`
}
