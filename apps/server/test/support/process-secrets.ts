import { connect } from '../../src/db/connect.ts'
import { dumpDatabase } from './dump.ts'
import { secretFinder } from './secret-finder.ts'

const passwordLooks = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/
/** The variables that hold secrets. */
const names = ['JWT_SECRET', 'IM_PASSWORD_KEY', 'EASEMOB_CLIENT_SECRET']

function finderFor(env: Readonly<Record<string, string>>, more: readonly string[]) {
  const finder = secretFinder()
  for (const secret of [...names.flatMap(name => env[name]?.split(',') ?? []), ...more])
    if (/^[0-9a-f]{32}$/.test(secret)) finder.keepPassword(secret)
    else finder.keep(secret)
  return finder
}

/**
 * What kind of secret a gateway that was a process has written; null: none.
 * @param lines of its output; those that are no JSON are the banner of the embedded default, which is there to show tokens
 */
export function secretInOutput(
  env: Readonly<Record<string, string>>,
  lines: readonly string[],
  errors: string,
): string | null {
  const text = `${lines.filter(line => line.startsWith('{')).join('\n')}\n${errors}`
  return passwordLooks.test(text) ? 'what looks like an IM password' : finderFor(env, []).findIn(text)
}

/**
 * What kind of secret a database holds that nobody has open; null: none.
 * @param url as of `connect`
 * @param more secrets beside those of the environment
 */
export async function secretInDatabase(
  env: Readonly<Record<string, string>>,
  url: string,
  more: readonly string[] = [],
): Promise<string | null> {
  const database = await connect(url)
  try {
    return finderFor(env, more).findIn(await dumpDatabase({ database }))
  } finally {
    await database.close()
  }
}
