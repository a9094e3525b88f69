import { describe, expect, test } from 'vitest'
import { loadEnv } from '../../src/env.ts'

const key = Buffer.alloc(32, 7).toString('base64')
const production = {
  EASEMOB_APP_KEY: 'org#app',
  EASEMOB_CLIENT_ID: 'id',
  EASEMOB_CLIENT_SECRET: 'the-client-secret',
  JWT_SECRET: 's'.repeat(32),
  IM_PASSWORD_KEY: key,
}

function envOf(source: Record<string, string>) {
  const loaded = loadEnv(source)
  if ('problems' in loaded) throw new Error(loaded.problems.join('\n'))
  return loaded.env
}
function problemsOf(source: Record<string, string>): string[] {
  const loaded = loadEnv(source)
  return 'problems' in loaded ? loaded.problems : []
}

describe('the environment', () => {
  test('may be empty: the embedded default', () => {
    expect(envOf({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: null,
      vendor: null,
      callsPerSecond: 100,
      jwtSecret: null,
      fileUrlTemplate: '/api/v2/files/{id}',
      rateLimitPerMinute: 600,
      role: 'all',
      logLevel: 'info',
      corsOrigins: [],
      trustProxy: false,
      cacheTtlMs: 2000,
      drainTimeoutMs: 10_000,
      imPasswordKeys: [],
    })
  })

  test('an empty variable counts as unset', () => {
    const names = [
      ...Object.keys(production),
      'PORT',
      'DATABASE_URL',
      'ADMIN_USER_IDS',
      'LOG_LEVEL',
      'TRUST_PROXY',
    ]
    expect(envOf(Object.fromEntries(names.map(name => [name, ''])))).toEqual(envOf({}))
  })

  test('says what the real vendor needs beside its app key, a line each', () => {
    expect(problemsOf({ EASEMOB_APP_KEY: 'org#app' })).toEqual([
      'EASEMOB_CLIENT_ID is required with EASEMOB_APP_KEY',
      'EASEMOB_CLIENT_SECRET is required with EASEMOB_APP_KEY',
      'IM_PASSWORD_KEY is required with EASEMOB_APP_KEY',
      'JWT_SECRET (or JWT_JWKS_URL) is required with EASEMOB_APP_KEY',
    ])
    const { JWT_SECRET: _, ...keySet } = { ...production, JWT_JWKS_URL: 'https://app.example/jwks' }
    expect(envOf(keySet)).toMatchObject({ jwtSecret: null, jwksUrl: 'https://app.example/jwks' })
  })

  test.each([
    ['PORT', 'x'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['EMULATOR_PORT', '1.5'],
    ['DATABASE_URL', 'mysql://x'],
    ['EASEMOB_APP_KEY', 'orgapp'],
    ['EASEMOB_BASE_URL', 'ftp://x'],
    ['EASEMOB_CALLS_PER_SECOND', '0'],
    ['JWT_SECRET', 'short-and-secret'],
    ['JWT_JWKS_URL', 'nowhere'],
    ['ADMIN_USER_IDS', '1,root'],
    ['IM_PASSWORD_KEY', Buffer.alloc(31, 9).toString('base64')],
    ['IM_PASSWORD_KEY', `${key},${Buffer.alloc(16, 9).toString('base64')}`],
    ['FILE_URL_TEMPLATE', '/files'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['ROLE', 'boss'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'yes'],
  ])('%s=%s is one line that names the variable and not its value', (name, value) => {
    const problems = problemsOf({ ...production, [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} `))
    if (value.length > 6) expect(problems[0]).not.toContain(value)
  })

  test('every bad variable has its own line', () => {
    expect(problemsOf({ PORT: 'x', ROLE: 'y', LOG_LEVEL: 'z' })).toHaveLength(3)
  })

  test('reads lists, keys and switches', () => {
    const other = Buffer.alloc(32, 8).toString('base64')
    const env = envOf({
      ...production,
      ADMIN_USER_IDS: ' 1, 22 ,,',
      IM_PASSWORD_KEY: `${key} , ${other}`,
      CORS_ORIGINS: 'https://a.example, https://b.example',
      TRUST_PROXY: '1',
      DATABASE_URL: 'memory://',
    })
    expect([...env.adminUserIds]).toEqual(['1', '22'])
    expect(env.imPasswordKeys).toEqual([Buffer.alloc(32, 7), Buffer.alloc(32, 8)])
    expect(env.corsOrigins).toEqual(['https://a.example', 'https://b.example'])
    expect([env.trustProxy, env.databaseUrl]).toEqual([true, 'memory://'])
    expect(env.vendor).toMatchObject({ appKey: 'org#app', baseUrl: 'https://a1.easemob.com' })
  })
})
