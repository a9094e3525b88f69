import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPassword } from '../../src/accounts/keyring.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { secretFinder } from '../support/secret-finder.ts'
import { forge } from './support/forgeries.ts'

const claims = { sub: '1', exp: 2_000_000_000 }
const token = forge({ alg: 'HS256' }, claims, 'x'.repeat(32))
const key = `${randomBytes(31).toString('base64url')}+/=`
const password = newPassword()
const vendorToken = `YWMt${randomBytes(60).toString('base64url')}`
const secrets = { token, key, password, 'vendor token': vendorToken, signature: token.split('.')[2] ?? '' }
const escaped = (text: string) =>
  Array.from(text, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** What a careless line may have made of a secret. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: secret => secret,
  'among letters': secret => `x_${secret}_y`,
  'URL-encoded': secret => encodeURIComponent(secret),
  'URL-encoded, every sign': secret => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  'in JSON': secret => JSON.stringify({ a: secret }).replaceAll('/', '\\/'),
  'in JSON in JSON': secret => JSON.stringify(JSON.stringify({ a: `"${secret}"` })),
  'escaped in JSON': escaped,
  'escaped in JSON in JSON': secret => JSON.stringify(escaped(secret)),
  'in base64': secret => Buffer.from(secret).toString('base64'),
  'in base64 among others': secret => btoa(`user:${secret}@host`),
  'in base64 in the midst of a run': secret => `ab${Buffer.from(secret).toString('base64')}`,
  'in base64url': secret => Buffer.from(secret).toString('base64url'),
  'in base64, URL-encoded': secret => encodeURIComponent(btoa(secret)),
  'in hex': secret => Buffer.from(secret).toString('hex'),
}

describe('the search for secrets', () => {
  const finder = secretFinder()
  for (const secret of [token, key, vendorToken]) finder.keep(secret)
  finder.keepPassword(password)

  test.each(Object.entries(secrets))('finds a %s in every form', (_, secret) => {
    for (const [form, write] of Object.entries(forms))
      expect([form, finder.findIn(`{"msg":"a line"}\n{"msg":"${write(secret)}"}\n`)]).toEqual([
        form,
        expect.any(String),
      ])
  })

  test('finds nothing where nothing is', () => {
    const others = [newPassword(), randomBytes(32).toString('base64'), crypto.randomUUID(), 'x'.repeat(5000)]
    for (const other of others)
      for (const write of Object.values(forms)) expect(finder.findIn(write(other))).toBeNull()
  })
})

describe('a gateway of the tests', () => {
  let gateway: Gateway
  let closed = false
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite' })
    await gateway.people(1)
  })
  afterAll(async () => {
    if (!closed) await gateway.close()
  })

  test('whose log held a secret, be it at trace, does not close in peace, and does not say which', async () => {
    const used = await gateway.token({ sub: '1' })
    gateway.services.log.trace({ url: `/easemob/password?token=${used}` }, 'a careless line')
    closed = true
    const error = await gateway.close().catch((caught: unknown) => caught)
    expect(error).toEqual(new Error('The log holds a token'))
  })

  test.each(['password', 'token', 'JWT secret'] as const)(
    'whose database holds a %s does not either',
    async what => {
      const other = await startGateway({ database: 'pglite' })
      await other.people(1)
      await other.admin().accounts.registerMany.mutate({ user_ids: ['1'] })
      const held = {
        password: other.emulator.state.users.get('1')?.password ?? '',
        token: await other.token({ sub: '1' }),
        'JWT secret': other.jwtSecret,
      }[what]
      await other.services.database.prepared('update users set bio = $1', [held])
      await expect(other.close()).rejects.toThrow(/^The database holds /)
    },
  )
})
