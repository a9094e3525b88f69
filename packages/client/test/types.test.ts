import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url))
const setup = `import { createClient, isGatewayError, type Inputs, type Outputs } from '@easemob-gateway/client'
const client = createClient({ url: 'http://127.0.0.1:3000', token: 't' })
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const yes = <T extends true>(): T | undefined => undefined
const group = { groupname: '花儿巷', desc: '来自花儿巷的朋友' }
`
const programs = {
  right: `const made = await client.groups.create.mutate({ ...group, members: ['2'], public: false, maxusers: 3 })
yes<Same<typeof made, { im_group_id: string }>>()
yes<Same<Outputs['groups']['create'], { im_group_id: string }>>()
yes<Same<Inputs['groups']['create']['members'], string[] | undefined>>()
yes<Same<Inputs['groups']['create']['groupname'], string>>()
const [details] = await client.groups.get.query({ im_group_id: ['1'] })
yes<Same<typeof details.affiliations[number]['name'], string>>()
for await (const event of client.runs.watch.subscribe({ id: '1' })) yes<Same<typeof event.data.users_per_second, number>>()
try {} catch (error) { if (isGatewayError(error)) { const reason: 'GROUP_FULL' | 'other' = error.data.reason === 'GROUP_FULL' ? error.data.reason : 'other' } }
`,
  wrong: `await client.groups.create.mutate({ ...group, group_name: 'x' })
await client.groups.create.mutate({ ...group, members: [2] })
await client.groups.create.mutate({ groupname: 'x' })
await client.groups.rename.mutate(group)
await client.groups.create.query(group)
const { id } = await client.groups.create.mutate(group)
try {} catch (error) { if (isGatewayError(error)) error.data.reason === 'GROUP_FUL' }
`,
}
/** Errors of each program, as line of its own part and code. */
let errors: Record<string, string[]>

/** Compiles both programs and the README's example by one run of the compiler, in a folder outside the repository. */
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-outside-'))
  try {
    await mkdir(join(folder, 'node_modules/@easemob-gateway'), { recursive: true })
    await symlink(packageFolder, join(folder, 'node_modules/@easemob-gateway/client'))
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      types: [],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    for (const [name, program] of Object.entries(programs)) {
      await writeFile(join(folder, `${name}.ts`), setup + program)
    }
    const readme = await readFile(join(packageFolder, 'README.md'), 'utf8')
    const example = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1] ?? ''
    await writeFile(join(folder, 'readme.ts'), `${example}\ndeclare const session: { token: string }\n`)
    errors = errorsOf(await compile(folder))
  } finally {
    await rm(folder, { recursive: true })
  }
})

function compile(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder }, (error, stdout) => {
      // The compiler ends with 1 when it found errors and has written nothing.
      if (error?.code === 1) resolve(stdout)
      else reject(error ?? new Error('the compiler found no errors'))
    })
  })
}

function errorsOf(output: string): Record<string, string[]> {
  const linesBefore = setup.split('\n').length - 1
  const found: Record<string, string[]> = { right: [], wrong: [], readme: [] }
  for (const line of output.split('\n').filter(line => /error TS\d+/.test(line))) {
    const [, name = '', at = '', code = ''] = /^(\w+)\.ts\((\d+),\d+\): error (TS\d+): /.exec(line) ?? []
    if (found[name] === undefined) throw new Error(line)
    found[name].push(`${Number(at) - linesBefore} ${code}`)
  }
  return found
}

test('a file outside the packages that imports only the client gets input and output of groups.create', () => {
  expect(errors['right']).toEqual([])
})

test('the example of the README compiles', () => {
  expect(errors['readme']).toEqual([])
})

test('a wrong field, a wrong type, a missing field and an unknown operation are compile errors', () => {
  expect(errors['wrong']).toEqual([
    ...['1 TS2561', '2 TS2322', '3 TS2741', '4 TS2339', '5 TS2339', '6 TS2339', '7 TS2367'],
  ])
})
