import { z } from 'zod'

const flag = z.enum(['0', '1']).transform(value => value === '1')
const count = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max))
const list = z.string().transform(value => value.split(',').flatMap(part => part.trim() || []))
const key = z
  .string()
  .refine(value => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')

/** The variables that the gateway reads; the README explains them. */
const variables = z.object({
  PORT: count(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+|memory:\/\/)$/, 'must be postgres://… or memory://')
    .optional(),
  EASEMOB_APP_KEY: z
    .string()
    .regex(/^[^#/\s]+#[^#/\s]+$/, 'must be org#app')
    .optional(),
  EASEMOB_CLIENT_ID: z.string().optional(),
  EASEMOB_CLIENT_SECRET: z.string().optional(),
  EASEMOB_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be http(s)://host' })
    .default('https://a1.easemob.com'),
  EMULATOR_PORT: count(0, 65_535).default(0),
  EASEMOB_CALLS_PER_SECOND: count(1, 1_000_000).default(100),
  JWT_SECRET: z
    .string()
    .refine(value => Buffer.byteLength(value) >= 32, 'must be at least 32 bytes')
    .optional(),
  JWT_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be http(s)://…' }).optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  ADMIN_USER_IDS: list
    .pipe(z.array(z.string().regex(/^[1-9]\d{0,15}$/, 'must be user ids, separated by commas')))
    .prefault(''),
  IM_PASSWORD_KEY: list.pipe(z.array(key).min(1)).optional(),
  FILE_URL_TEMPLATE: z.string().includes('{id}', 'must contain {id}').default('/api/v2/files/{id}'),
  RATE_LIMIT_PER_MINUTE: count(1, 1_000_000_000).default(600),
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a pino level')
    .default('info'),
  CORS_ORIGINS: list.prefault(''),
  TRUST_PROXY: flag.prefault('0'),
  CACHE_TTL_MS: count(0, 60_000).default(2000),
  DRAIN_TIMEOUT_MS: count(0, 600_000).default(10_000),
  INTENT_LEASE_MS: count(100, 600_000).default(5000),
  RECOVERY: z.enum(['on', 'off'], 'must be on or off').default('on'),
  CRASH_AT: z.string().optional(),
})

/** The configuration. Missing secrets of the embedded default are generated in start/data-dir.ts. */
export interface Env {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** `postgres://…`, `memory://`, or null for PGlite in `dataDir`. */
  readonly databaseUrl: string | null
  /** Null for the embedded default, an emulator in this process. */
  readonly vendor: { appKey: string; clientId: string; clientSecret: string; baseUrl: string } | null
  readonly emulatorPort: number
  readonly callsPerSecond: number
  /** Null when absent; the embedded default generates one. */
  readonly jwtSecret: string | null
  readonly jwksUrl: string | null
  readonly jwtIssuer: string | null
  readonly jwtAudience: string | null
  readonly adminUserIds: ReadonlySet<string>
  /** The first encrypts, all decrypt. Empty when absent; the embedded default generates one. */
  readonly imPasswordKeys: readonly Uint8Array[]
  readonly fileUrlTemplate: string
  readonly rateLimitPerMinute: number
  readonly role: 'all' | 'api' | 'worker'
  readonly logLevel: string
  readonly corsOrigins: readonly string[]
  readonly trustProxy: boolean
  readonly cacheTtlMs: number
  readonly drainTimeoutMs: number
  readonly intentLeaseMs: number
  readonly recovery: boolean
  readonly crashAt: string | null
}

/**
 * Parses an environment; an empty variable counts as unset.
 *
 * @returns the configuration, or a line for every variable that is missing or malformed, without its value
 * @example const loaded = loadEnv(process.env)
 */
export function loadEnv(
  source: Readonly<Record<string, string | undefined>>,
): { env: Env } | { problems: string[] } {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = variables.safeParse(given)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${lowerFirst(message)}`),
    }
  const v = parsed.data
  const problems = missing(v)
  if (problems.length > 0) return { problems }
  const {
    EASEMOB_APP_KEY: appKey,
    EASEMOB_CLIENT_ID: clientId = '',
    EASEMOB_CLIENT_SECRET: clientSecret = '',
  } = v
  return {
    env: {
      port: v.PORT,
      host: v.HOST,
      dataDir: v.DATA_DIR,
      databaseUrl: v.DATABASE_URL ?? null,
      vendor: appKey === undefined ? null : { appKey, clientId, clientSecret, baseUrl: v.EASEMOB_BASE_URL },
      emulatorPort: v.EMULATOR_PORT,
      callsPerSecond: v.EASEMOB_CALLS_PER_SECOND,
      jwtSecret: v.JWT_SECRET ?? null,
      jwksUrl: v.JWT_JWKS_URL ?? null,
      jwtIssuer: v.JWT_ISSUER ?? null,
      jwtAudience: v.JWT_AUDIENCE ?? null,
      adminUserIds: new Set(v.ADMIN_USER_IDS),
      imPasswordKeys: (v.IM_PASSWORD_KEY ?? []).map(text => Buffer.from(text, 'base64')),
      fileUrlTemplate: v.FILE_URL_TEMPLATE,
      rateLimitPerMinute: v.RATE_LIMIT_PER_MINUTE,
      role: v.ROLE,
      logLevel: v.LOG_LEVEL,
      corsOrigins: v.CORS_ORIGINS,
      trustProxy: v.TRUST_PROXY,
      cacheTtlMs: v.CACHE_TTL_MS,
      drainTimeoutMs: v.DRAIN_TIMEOUT_MS,
      intentLeaseMs: v.INTENT_LEASE_MS,
      recovery: v.RECOVERY === 'on',
      crashAt: v.CRASH_AT ?? null,
    },
  }
}

/** Parses the environment of this process. */
export const loadProcessEnv = () => loadEnv(process.env)

/** The variables that EASEMOB_APP_KEY requires: with the real vendor, no secret is generated. */
function missing(v: z.output<typeof variables>): string[] {
  if (v.EASEMOB_APP_KEY === undefined) return []
  const needed = ['EASEMOB_CLIENT_ID', 'EASEMOB_CLIENT_SECRET', 'IM_PASSWORD_KEY'] as const
  const problems: string[] = needed
    .filter(name => v[name] === undefined)
    .map(name => `${name} is required with EASEMOB_APP_KEY`)
  if (v.JWT_SECRET === undefined && v.JWT_JWKS_URL === undefined)
    problems.push('JWT_SECRET (or JWT_JWKS_URL) is required with EASEMOB_APP_KEY')
  return problems
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
