import { contract, type Operation, walk } from '@easemob-gateway/contracts'
import { kebab } from '../args/names.ts'
import { suggest } from '../args/suggest.ts'
import { wrongUsage } from '../failure.ts'
import { localCommands } from '../help/pages.ts'

/** An operation of the contract, and how the command line names it. */
export interface Found {
  /** As the gateway names it: `groups.addMembers`. */
  readonly path: string
  /** As it is written on the command line: `groups add-members`. */
  readonly command: string
  readonly operation: Operation
}

/**
 * Finds the operation that two words name, in kebab, snake or camel case. It reads the contract, not the generated list of
 * help, so a new operation is a command at once.
 * @throws CliFailure (wrong usage) that suggests the nearest name
 * @example findOperation('groups', 'addMembers').path // 'groups.addMembers'
 */
export function findOperation(domain: string, name: string | undefined): Found {
  const all = walk(contract).map(([path, operation]) => {
    const [first = '', second = ''] = kebab(path).split('.')
    return { path, operation, domain: first, name: second, command: `${first} ${second}` }
  })
  const members = all.filter(one => one.domain === kebab(domain))
  if (members.length === 0 || name === undefined) {
    const domains = [...new Set(all.map(one => one.domain)), ...Object.keys(localCommands)]
    throw unknown(`command "${domain}"`, domain, domains, '')
  }
  const found = members.find(one => one.name === kebab(name))
  if (found) return found
  const names = members.map(one => one.name)
  throw unknown(`operation "${domain} ${name}"`, name, names, `${kebab(domain)} `)
}

function unknown(what: string, written: string, names: readonly string[], before: string) {
  const near = suggest(kebab(written), names)
  const next = near ? `Did you mean easemob ${before}${near}?` : `See easemob ${before}--help.`
  return wrongUsage(`unknown ${what}`, `there are ${names.join(', ')}`, next)
}
