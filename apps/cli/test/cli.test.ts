import { expect, test } from 'vitest'
import { workplace } from './support/run-cli.ts'
import { runInProcess } from './support/run-in-process.ts'

/** Every failure is three lines: what, why, what next. */
const threeLines = /^error: .+\nwhy: {3}.+\nnext: {2}.+\n$/

test('--help lists every domain on stdout, --version the version, and nothing at all is wrong usage', async () => {
  await using place = await workplace()
  const [help, version, nothing, word] = await Promise.all([
    place.run(['--help']),
    place.run(['--version']),
    place.run([]),
    place.run(['help', 'groups', 'create']),
  ])
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const domain of ['accounts:', 'groups:', 'users:', 'runs:', 'system:'])
    expect(help.out).toContain(domain)
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  expect(nothing).toMatchObject({ code: 2, out: '' })
  expect(word.out).toMatch(/--groupname TEXT +required/)
})

test('help and version load neither a library nor the contract, so that they print without delay', async () => {
  const hook = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => {
  if (/^[a-z@]/.test(name) && !/^(node|file|data):/.test(name)) throw new Error('loaded ' + name)
  return next(name, context)
} })`
  await using place = await workplace({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  })
  const [help, domain, version, operation] = await Promise.all(
    [['--help'], ['groups', '--help'], ['--version'], ['groups', 'create', '--help']].map(args =>
      place.run(args),
    ),
  )
  for (const ran of [help, domain, version]) expect(ran).toMatchObject({ code: 0, err: '' })
  expect(operation?.err).toMatch(/loaded (zod|@easemob-gateway\/contracts)/)
})

test('the process exits with the code of the failure, which it prints on stderr alone', async () => {
  await using place = await workplace()
  const ran = await place.run(['grups'])
  expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringMatching(threeLines) })
})

test('wrong usage ends with 2, says what was meant, and prints nothing on stdout', async () => {
  const ran = await Promise.all(
    [
      ['grups'],
      ['groups', 'delte'],
      ['groups', 'delete'],
      ['groups', 'delete', '--im-grop-id', '1'],
      ['groups', 'delete', '1', '--im-group-id', '1'],
      ['users', 'import', 'absent.ndjson'],
      ['runs', 'watch'],
      ['token'],
      ['system', 'status', '--url', 'nowhere'],
      ['system', 'status', '--profile', 'absent'],
    ].map(args => runInProcess(args, {})),
  )
  for (const { code, out, err } of ran) {
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(threeLines)
  }
  expect(ran.slice(0, 4).map(({ err }) => /Did you mean (.+)\?/.exec(err)?.[1])).toEqual([
    'easemob groups',
    'easemob groups delete',
    undefined,
    '--im-group-id',
  ])
})
