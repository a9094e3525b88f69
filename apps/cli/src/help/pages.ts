import { flagUsage, globalFlags } from '../args/flag.ts'
import commands from './commands.json' with { type: 'json' }

// `commands.json` is generated, so that help need not load the contract: `pnpm --filter ./apps/cli make`.
const domains: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(Object.entries(commands))

/** The commands that call no operation of the gateway. */
export const localCommands = {
  token: 'make a token for a user with the secret of the gateway: --user 1 [--admin] [--ttl 1h]',
  config: 'show, or set url|token VALUE [--profile NAME]: the address and token of a profile',
} as const

/** Names and their descriptions, in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`.trimEnd()).join('\n')
}

/** The section of the flags that every command takes. */
export function globalPage(): string {
  return `Everywhere:\n${columns(globalFlags.map(flag => [flagUsage(flag).replace('[no-]', ''), flag.about]))}\n`
}

/** What `easemob --help` prints. */
export function topPage(): string {
  const sections = Array.from(domains, ([domain, operations]) => section(domain, operations))
  return `easemob: manage Easemob accounts and groups through a gateway

  easemob <domain> <operation> [--flags]
  easemob groups create --groupname 花儿巷 --desc 来自花儿巷的朋友 --members 2,4,5
  easemob users import people.ndjson
  easemob accounts register-missing

${sections.join('\n')}
On this machine:
${columns(Object.entries(localCommands))}

${globalPage()}
Flags of one command: easemob <domain> <operation> --help
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 gateway unreachable
`
}

/** What `easemob groups --help` prints; undefined for a domain that the list does not have. */
export function domainPage(domain: string): string | undefined {
  const operations = domains.get(domain)
  if (!operations) return undefined
  return `easemob ${domain} <operation> [--flags]\n\n${section(domain, operations)}\n${globalPage()}`
}

function section(domain: string, operations: Readonly<Record<string, string>>): string {
  return `${domain}:\n${columns(Object.entries(operations))}\n`
}
