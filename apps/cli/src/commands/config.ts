import { text } from 'node:stream/consumers'
import { globalFlags } from '../args/flag.ts'
import { parseArgs } from '../args/parse.ts'
import { wantsHelp } from '../args/wants-help.ts'
import { readProfiles, writeProfiles } from '../connection/config-file.ts'
import { checkedUrl } from '../connection/settings.ts'
import { exitCode, wrongUsage } from '../failure.ts'
import { commandPage } from '../help/operation-page.ts'
import type { Io } from '../io.ts'
import { writeResult } from '../output/write-result.ts'

/** `easemob config`: shows and changes the profiles in the user's config directory. */
export async function configCommand(rest: readonly string[], io: Io): Promise<number> {
  const file = io.env.configFile
  if (wantsHelp(rest)) {
    const notes = `config show: the profiles, without their tokens\nconfig set url URL | config set token TOKEN (- reads it from stdin)\nStored in ${file}`
    io.out(
      commandPage({
        command: 'config',
        operand: 'show|set',
        summary: 'Keep the gateway address and a token',
        flags: [],
        notes,
      }),
    )
    return exitCode.done
  }
  const { values, words } = parseArgs(rest, globalFlags)
  const [action = 'show', key, value, ...more] = words
  const profiles = await readProfiles(file)
  if (action === 'show' && key === undefined) {
    const rows = Object.entries(profiles).map(([profile, { url, token }]) => ({
      profile,
      url,
      token: token ? 'kept' : 'none',
    }))
    await writeResult(rows, values, io)
    return exitCode.done
  }
  if (action !== 'set' || (key !== 'url' && key !== 'token') || !value || more.length > 0)
    throw wrongUsage(
      'config cannot do that',
      'it knows show, set url URL and set token TOKEN',
      'Write easemob config set url http://127.0.0.1:3000.',
    )
  const given = value === '-' ? (await text(io.stdin)).trim() : value
  const checked = key === 'url' ? checkedUrl(given) : given
  const profile = typeof values['profile'] === 'string' ? values['profile'] : 'default'
  await writeProfiles(file, { ...profiles, [profile]: { ...profiles[profile], [key]: checked } })
  io.err(`Saved the ${key} of profile ${profile} in ${file}\n`)
  if (values['json'] === true) io.out('null\n')
  return exitCode.done
}
