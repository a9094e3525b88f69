import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Flag, globalFlags } from '../args/flag.ts'
import { parseArgs } from '../args/parse.ts'
import { wantsHelp } from '../args/wants-help.ts'
import { CliFailure, exitCode, wrongUsage } from '../failure.ts'
import { commandPage } from '../help/operation-page.ts'
import type { Io } from '../io.ts'
import { makeToken, ttlSeconds } from '../token.ts'

const flags: readonly Flag[] = [
  { name: 'user', field: 'user', kind: 'text', required: true, about: 'the user id the token is for' },
  { name: 'admin', field: 'admin', kind: 'boolean', about: 'as an administrator' },
  { name: 'ttl', field: 'ttl', kind: 'text', about: 'how long it is good for: 30s, 15m, 1h, 7d; default 1h' },
]

/** `easemob token`: prints a token for a user, signed with the secret of the gateway. */
export async function tokenCommand(rest: readonly string[], io: Io): Promise<number> {
  if (wantsHelp(rest)) {
    const notes = 'The secret is JWT_SECRET, or the one that an embedded gateway stores in DATA_DIR (.data).'
    io.out(commandPage({ command: 'token', summary: 'Make a token for a user', flags, notes }))
    return exitCode.done
  }
  const { values, words } = parseArgs(rest, [...flags, ...globalFlags])
  if (words.length > 0)
    throw wrongUsage(
      `"${words[0]}" belongs to no flag`,
      'token takes flags only',
      'Write easemob token --user 1.',
    )
  const user = String(values['user'])
  if (!/^[1-9]\d{0,15}$/.test(user))
    throw wrongUsage('--user cannot be read', `"${user}" is no positive integer`, 'Write --user 1.')
  const made = await makeToken({
    secret: await readSecret(io),
    user,
    admin: values['admin'] === true,
    ttl: ttlSeconds(typeof values['ttl'] === 'string' ? values['ttl'] : '1h'),
    now: new Date(),
    issuer: io.env.jwtIssuer,
    audience: io.env.jwtAudience,
  })
  io.out(values['json'] === true ? `${JSON.stringify(made)}\n` : `${made.token}\n`)
  return exitCode.done
}

async function readSecret({ env }: Io): Promise<string> {
  const file = join(env.dataDir, 'jwt-secret')
  const secret = env.jwtSecret ?? (await readFile(file, 'utf8').catch(() => '')).trim()
  if (secret) return secret
  throw new CliFailure({
    what: 'no secret to make a token with',
    why: `JWT_SECRET is not set and there is no ${file}`,
    next: 'Set JWT_SECRET to the one of the gateway, or run this in its folder after the first start.',
    code: exitCode.refused,
  })
}
