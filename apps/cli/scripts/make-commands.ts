import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type AnyContract, contract } from '@easemob-gateway/contracts'
import { kebab } from '../src/args/names.ts'

/** The generated file: what `easemob --help` lists. */
export const commandsFile = fileURLToPath(new URL('../src/help/commands.json', import.meta.url))

/**
 * The text of the generated file: the summary of every operation, by domain and command name, in the order of the contract.
 * @example commandsText(contract) // '{\n  "accounts": {\n    "register": "Register one user with the vendor",\n …'
 */
export function commandsText(operations: AnyContract): string {
  const domains = Object.entries(operations).map(([domain, members]) => [
    kebab(domain),
    Object.fromEntries(Object.entries(members).map(([name, { summary }]) => [kebab(name), summary])),
  ])
  return `${JSON.stringify(Object.fromEntries(domains), null, 2)}\n`
}

if (import.meta.main) writeFileSync(commandsFile, commandsText(contract))
