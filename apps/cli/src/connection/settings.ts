import { wrongUsage } from '../failure.ts'
import type { Io } from '../io.ts'
import { readProfiles } from './config-file.ts'

/** The address of the gateway and the token to send. */
export interface Settings {
  readonly url: string
  readonly token: string | undefined
}

const defaultUrl = 'http://127.0.0.1:3000'

/**
 * Takes address and token each from the first source that has it: flags, the profile of `--profile`, the environment, the
 * profile `default`. The address defaults to `http://127.0.0.1:3000`.
 * @throws CliFailure (wrong usage) for a profile that does not exist or an address that is not an HTTP URL
 */
export async function resolveSettings(values: Readonly<Record<string, unknown>>, io: Io): Promise<Settings> {
  const profiles = await readProfiles(io.env.configFile)
  const name = text(values['profile'])
  const named = name === undefined ? {} : profiles[name]
  if (!named) {
    const known = Object.keys(profiles).join(', ') || 'none'
    throw wrongUsage(
      `no profile "${name}"`,
      `${io.env.configFile} has: ${known}`,
      `Make it: easemob config set url URL --profile ${name}`,
    )
  }
  const fallback = profiles['default'] ?? {}
  const url = text(values['url']) ?? named.url ?? io.env.gatewayUrl ?? fallback.url ?? defaultUrl
  const token = text(values['token']) ?? named.token ?? io.env.gatewayToken ?? fallback.token
  return { url: checkedUrl(url), token }
}

/**
 * Returns an address that can be called.
 * @throws CliFailure (wrong usage) for one that is not an HTTP URL, or has a user name or a query
 */
export function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.search) return url
  throw wrongUsage(
    'the gateway address cannot be used',
    'it must be like http://127.0.0.1:3000',
    'Correct --url, EASEMOB_GATEWAY_URL or the profile.',
  )
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
