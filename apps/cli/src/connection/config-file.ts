import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { wrongUsage } from '../failure.ts'

/** A gateway address and a token, under a name. */
export interface Profile {
  readonly url?: string
  readonly token?: string
}
export type Profiles = Readonly<Record<string, Profile>>

/**
 * Reads the profiles: `{"profiles": {"default": {"url": "…", "token": "…"}}}`. A file that does not exist has none.
 * @throws CliFailure (wrong usage) for a file that cannot be read or is not JSON
 */
export async function readProfiles(file: string): Promise<Profiles> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}'
    throw unreadable(file, error.message)
  })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw unreadable(file, 'it is not valid JSON')
  }
  const profiles = isObject(content) && isObject(content['profiles']) ? content['profiles'] : {}
  return Object.fromEntries(
    Object.entries(profiles).map(([name, value]) => {
      const { url, token } = isObject(value) ? value : {}
      return [name, { ...(typeof url === 'string' && { url }), ...(typeof token === 'string' && { token }) }]
    }),
  )
}

/** Replaces the file atomically, with permissions that let only its owner read it. */
export async function writeProfiles(file: string, profiles: Profiles): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify({ profiles }, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

function unreadable(file: string, why: string) {
  return wrongUsage(
    `the config file ${file} cannot be read`,
    why,
    'Correct it, or remove it and use easemob config set.',
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
