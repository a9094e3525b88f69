import { viewsOf } from './text-views.ts'

/** Knows secrets, and finds them in texts, also in other forms: see text-views.ts. */
export interface SecretFinder {
  /** A key, a token, or any other text that is long enough to be no coincidence. */
  keep(secret: string): void
  /** An IM password. There may be any number of them. */
  keepPassword(password: string): void
  /** What kind of secret a text holds; never the secret. Null: none. */
  findIn(text: string): string | null
}

const passwordLength = 32
const signatureLength = 43
/**
 * A token of the vendor or of the app, whoever made it up. The vendor's is longer than the 80 signs of a stored password,
 * among which its first four stand by chance in one of 200,000.
 */
const tokenLooks = /YWMt[\w-]{78}|eyJ[\w-]+\.eyJ[\w-]+\./

export function secretFinder(): SecretFinder {
  const kept = new Set<string>()
  const passwords = new Set<string>()
  const signatures = new Set<string>()

  function plainlyIn(view: string): string | null {
    if (tokenLooks.test(view)) return 'a token'
    for (const secret of kept) if (view.includes(secret)) return 'a key or a token'
    if (holdsOneOf(passwords, passwordLength, /[0-9a-f]{32,}/g, view)) return 'an IM password'
    return holdsOneOf(signatures, signatureLength, /[\w-]{43,}/g, view) ? 'the signature of a token' : null
  }

  return {
    keep(secret) {
      const signature = /^eyJ[\w-]+\.[\w-]+\.([\w-]+)$/.exec(secret)?.[1]
      // Tokens are many and found by their looks; what is left of one is known by its signature.
      if (signature === undefined) kept.add(secret)
      else signatures.add(signature.slice(0, signatureLength))
    },
    keepPassword: password => void passwords.add(password),
    findIn(text) {
      for (const view of viewsOf(text)) {
        const found = plainlyIn(view)
        if (found !== null) return found
      }
      return null
    },
  }
}

/** Looks at every place of every run, so that the time does not depend on how many are known. */
function holdsOneOf(known: ReadonlySet<string>, length: number, runs: RegExp, text: string): boolean {
  if (known.size === 0) return false
  for (const [run] of text.matchAll(runs))
    for (let at = 0; at + length <= run.length; at++) if (known.has(run.slice(at, at + length))) return true
  return false
}
