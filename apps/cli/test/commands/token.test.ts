import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { workplace } from '../support/run-cli.ts'

const secret = 'a secret of at least thirty-two bytes'

test('token prints only the token, made with JWT_SECRET or the secret kept in the data directory', async () => {
  await using place = await workplace({ JWT_SECRET: secret })
  await using embedded = await workplace({ JWT_SECRET: '' })
  await mkdir(join(embedded.folder, '.data'))
  await writeFile(join(embedded.folder, '.data', 'jwt-secret'), `${secret}\n`)
  const [plain, admin, none] = await Promise.all([
    place.run(['token', '--user', '5', '--ttl', '2h']),
    embedded.run(['token', '--user=1', '--admin', '--json']),
    workplace().then(async other => {
      await using elsewhere = other
      return elsewhere.run(['token', '--user', '1'])
    }),
  ])
  const key = new TextEncoder().encode(secret)
  const { payload } = await jwtVerify(plain.out.trim(), key)
  expect(plain).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) })
  expect([payload.sub, Number(payload.exp) - Number(payload.iat)]).toEqual(['5', 7200])
  const made: { token: string; expires_at: string } = JSON.parse(admin.out)
  expect((await jwtVerify(made.token, key)).payload['scope']).toBe('easemob:admin')
  expect(none).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('no secret to make a token with'),
  })
})
