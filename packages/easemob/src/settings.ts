import { realSleep } from './call/sleep.ts'
import { EasemobError } from './errors.ts'
import type { EasemobOptions, Sleep } from './options.ts'

/** The options of a client, checked, with every default filled in. */
export type Settings = {
  origin: string
  /** `/org/app`, encoded. */
  root: string
  clientId: string
  clientSecret: string
  callsPerSecond: number
  attemptTimeoutMs: number
  deadlineMs: number
  maxAttempts: number
  maxConnections: number
  maxBodyBytes: number
  clock: () => number
  sleep: Sleep
  random: () => number
}

/** Checks the options and fills in the defaults. Throws `invalid`, naming the option. */
export function settingsOf(options: EasemobOptions): Settings {
  const [org, app, ...rest] = options.appKey.split('#')
  if (!org || !app || rest.length > 0) throw wrong('appKey', 'must look like "org#app"')
  if (options.clientId === '') throw wrong('clientId', 'must not be empty')
  if (options.clientSecret === '') throw wrong('clientSecret', 'must not be empty')
  return {
    origin: originOf(options.baseUrl ?? 'https://a1.easemob.com'),
    root: `/${encodeURIComponent(org)}/${encodeURIComponent(app)}`,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    callsPerSecond: positive('callsPerSecond', options.callsPerSecond, 100),
    attemptTimeoutMs: positive('attemptTimeoutMs', options.attemptTimeoutMs, 10_000),
    deadlineMs: positive('deadlineMs', options.deadlineMs, 30_000),
    maxAttempts: whole('maxAttempts', options.maxAttempts, 12),
    maxConnections: whole('maxConnections', options.maxConnections, 64),
    maxBodyBytes: whole('maxBodyBytes', options.maxBodyBytes, 64 * 1024 * 1024),
    clock: options.clock ?? (() => performance.timeOrigin + performance.now()),
    sleep: options.sleep ?? realSleep,
    random: options.random ?? Math.random,
  }
}

function originOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong('baseUrl', 'must be scheme, host and port, e.g. "https://a1.easemob.com"')
  }
  return url.origin
}

function positive(name: string, value: number | undefined, fallback: number): number {
  const chosen = value ?? fallback
  if (chosen > 0) return chosen
  throw wrong(name, 'must be a number above 0')
}

function whole(name: string, value: number | undefined, fallback: number): number {
  const chosen = value ?? fallback
  if (Number.isSafeInteger(chosen) && chosen > 0) return chosen
  throw wrong(name, 'must be a whole number above 0')
}

function wrong(option: string, what: string): EasemobError {
  return new EasemobError(`createEasemob: ${option} ${what}.`, {
    code: 'invalid',
    operation: 'createEasemob',
  })
}
