import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const biome = createRequire(join(root, 'package.json')).resolve('@biomejs/biome/bin/biome')
const report = z.object({
  diagnostics: z.array(z.object({ message: z.string(), location: z.object({ path: z.string() }) })),
})

const up = 'An arrow points down only'

const arrows = [
  ['http/db.ts', '../db/schema.ts', 'An adapter decodes, calls invoke() and encodes'],
  ['http/rest/groups.ts', '../../groups/update.ts', 'An adapter decodes, calls invoke() and encodes'],
  ['http/trpc/drizzle.ts', 'drizzle-orm', 'An adapter decodes, calls invoke() and encodes'],
  ['http/start.ts', '../start/services.ts', up],
  ['invoke/hono.ts', 'hono', 'invoke() serves every adapter and sees none'],
  ['invoke/durable.ts', '../durable/intents.ts', up],
  ['groups/invoke.ts', '../invoke/invoke.ts', up],
  ['groups/writes/http.ts', '../../http/json.ts', 'A domain never sees HTTP'],
  ['accounts/runs/groups.ts', '../../groups/reader.ts', up],
  ['users/accounts.ts', '../accounts/keyring.ts', up],
  ['system/users.ts', '../users/people.ts', up],
  ['durable/groups.ts', '../groups/reader.ts', 'The mechanism of durable writes knows no domain'],
  ['access/durable.ts', '../durable/intents.ts', up],
  ['vendor/system.ts', '../system/handlers.ts', up],
  ['db/vendor.ts', '../vendor/pace-store.ts', up],
  ['cache/db.ts', '../db/schema.ts', up],
] as const
const readers = ['http', 'invoke', 'groups', 'accounts', 'users', 'system', 'durable', 'access'].map(
  room => `${room}/vendor.ts`,
)
const writers = [
  'groups/writes/w.ts',
  'groups/notice-job.ts',
  'accounts/writes/w.ts',
  'accounts/register-batch.ts',
]

/** What the linter says of each file of a server that holds nothing but forbidden imports. */
let found: z.output<typeof report>['diagnostics']

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-walls-'))
  const put = async (file: string, text: string) => {
    const path = join(folder, 'apps/server/src', file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const [file, source] of arrows) await put(file, `export { it } from '${source}'\n`)
  for (const file of [...readers, ...writers])
    await put(file, `export type { Easemob } from '@easemob-gateway/easemob'\n`)
  await put('groups/one.ts', `export { two } from './two.ts'\nexport const one = 1\n`)
  await put('groups/two.ts', `export type { one } from './one.ts'\nexport const two = 2\n`)
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none']
  const output = await new Promise<string>(resolve =>
    execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout)),
  )
  found = report.parse(JSON.parse(output)).diagnostics
  await rm(folder, { recursive: true })
})

const saidOf = (file: string) =>
  found
    .flatMap(({ message, location }) => (location.path.endsWith(`src/${file}`) ? [message] : []))
    .join('\n')

test.each(arrows)('%s may not import %s', (file, _, sentence) => {
  expect(saidOf(file)).toContain(sentence)
})

test.each(readers)('%s may not have the client that can write', file => {
  expect(saidOf(file)).toContain('Take EasemobReader')
})

test.each(writers)('%s may have the client that can write', file => {
  expect(saidOf(file)).toBe('')
})

test('two files may not import each other, not even their types', () => {
  expect(saidOf('groups/two.ts')).toContain('cycle')
})
