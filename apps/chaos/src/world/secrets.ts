import { secretInDatabase, secretInOutput } from '../../../server/test/support/process-secrets.ts'

/** Searches the logs and the database of all gateways of a world for their secrets. */
export interface SecretWatch {
  write(line: string): void
  /** @returns where a secret was found; null when nowhere */
  search(databaseUrl: string, passwords: readonly string[]): Promise<string | null>
}

const linesAtOnce = 5000

/** @param env the variables of the gateways, secrets among them */
export function watchSecrets(env: Readonly<Record<string, string>>): SecretWatch {
  let lines: string[] = []
  let found: string | null = null
  const look = () => {
    const secret = secretInOutput(env, [], lines.join('\n'))
    if (secret !== null) found ??= `the log of a gateway holds ${secret}`
    lines = []
  }
  return {
    write(line) {
      lines.push(line)
      if (lines.length >= linesAtOnce) look()
    },
    async search(databaseUrl, passwords) {
      look()
      const secret = await secretInDatabase(env, databaseUrl, passwords)
      return found ?? (secret === null ? null : `the database holds ${secret}`)
    },
  }
}
