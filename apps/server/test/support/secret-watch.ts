import type { Services } from '../../src/context.ts'
import { dumpDatabase } from './dump.ts'

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

const hexRun = /[0-9a-f]{32,}/g
const passwordLength = 32
/** A token of the vendor or of the app, whoever made it up. */
const tokenLooks = /YWMt[\w-]{20}|eyJ[\w-]+\.eyJ[\w-]+\./

export function watchSecrets(): SecretWatch {
  const kept = new Set<string>()
  const passwords = new Set<string>()
  const lines: string[] = []

  function findIn(text: string): string | null {
    if (tokenLooks.test(text)) return 'a token'
    for (const secret of kept) if (text.includes(secret)) return 'a key or a token'
    for (const [run] of text.matchAll(hexRun))
      for (let at = 0; at + passwordLength <= run.length; at++)
        if (passwords.has(run.slice(at, at + passwordLength))) return 'an IM password'
    return null
  }

  return {
    write: line => void lines.push(line),
    keep: secret => void kept.add(secret),
    follow({ keyring }) {
      const { encrypt } = keyring
      Object.assign(keyring, {
        encrypt(password: string, userId: string) {
          passwords.add(password)
          return encrypt(password, userId)
        },
      })
    },
    async search(services) {
      const inLog = findIn(lines.join(''))
      if (inLog) throw new Error(`The log holds ${inLog}`)
      // A test may have taken the database away.
      const inDatabase = findIn(await dumpDatabase(services).catch(() => ''))
      if (inDatabase) throw new Error(`The database holds ${inDatabase}`)
    },
  }
}
