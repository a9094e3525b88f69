import { isDatabaseDown } from '../../src/db/database-down.ts'
import type { Services } from '../../src/start/services.ts'
import { dumpDatabase } from './dump.ts'
import { secretFinder } from './secret-finder.ts'

/** Remembers every secret of one gateway, and searches its log and its database for them when it closes. */
export interface SecretWatch {
  /** Takes every log line. */
  write(line: string): void
  keep(secret: string): void
  /** From now on every IM password that is made is remembered. */
  follow(services: Services): void
  /** @throws Error naming where a secret was found; never the secret */
  search(services: Services): Promise<void>
}

export function watchSecrets(): SecretWatch {
  const finder = secretFinder()
  const lines: string[] = []
  return {
    write: line => void lines.push(line),
    keep: finder.keep,
    follow({ keyring }) {
      const { encrypt } = keyring
      Object.assign(keyring, {
        encrypt(password: string, userId: string) {
          finder.keepPassword(password)
          return encrypt(password, userId)
        },
      })
    },
    async search(services) {
      const inLog = finder.findIn(lines.join(''))
      if (inLog) throw new Error(`The log holds ${inLog}`)
      const inDatabase = finder.findIn(await dumpDatabase(services).catch(nothingWhereItIsAway))
      if (inDatabase) throw new Error(`The database holds ${inDatabase}`)
    },
  }
}

/** A test may have taken the database away. */
function nothingWhereItIsAway(error: unknown): string {
  if (isDatabaseDown(error)) return ''
  throw error
}
