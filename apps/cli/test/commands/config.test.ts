import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workplace } from '../support/run-cli.ts'

test('config keeps an address and a token that only their owner can read, and never shows the token', async () => {
  await using place = await workplace()
  expect((await place.run(['config', 'set', 'url', 'http://127.0.0.1:9'])).code).toBe(0)
  expect(
    (await place.run(['config', 'set', 'token', '-', '--profile', 'other'], 'very.secret.token\n')).code,
  ).toBe(0)
  const file = join(place.folder, 'config', 'easemob', 'config.json')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    profiles: { default: { url: 'http://127.0.0.1:9' }, other: { token: 'very.secret.token' } },
  })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const [shown, called] = await Promise.all([place.run(['config', 'show']), place.run(['system', 'status'])])
  expect(shown.out).toContain('http://127.0.0.1:9')
  expect(shown.out).not.toContain('secret')
  expect(called.err).toContain('no gateway at http://127.0.0.1:9')
})

test('a config file that cannot be read is named', async () => {
  await using place = await workplace()
  const file = join(place.folder, 'config', 'easemob', 'config.json')
  await mkdir(join(place.folder, 'config', 'easemob'), { recursive: true })
  await writeFile(file, '{oops')
  const { code, err } = await place.run(['system', 'status'])
  expect(code).toBe(2)
  expect(err).toContain(file)
})
