import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import pkg from '../package.json' with { type: 'json' }
import { readChangesets } from '../scripts/changesets/read.ts'
import { sectionOf, withSection } from '../scripts/release/changelog.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const yamlFiles = readdirSync(join(root, '.github'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.yml'))
  .map(name => join('.github', name))

/** @throws where the file is no YAML, or names a key twice */
function parse(path: string): Record<string, unknown> {
  const document = parseDocument(read(path), { strict: true, uniqueKeys: true })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw problem
  return Object(document.toJS())
}

test.each(yamlFiles)('%s is YAML', path => {
  expect(Object.keys(parse(path))).not.toEqual([])
})

describe('the workflows', () => {
  const workflows = yamlFiles.filter(path => path.includes('workflows'))
  const used = workflows.flatMap(path =>
    Array.from(read(path).matchAll(/uses: (\S+)/g), ([, action = '']) => action),
  )
  const scripts = workflows.flatMap(path =>
    Array.from(read(path).matchAll(/pnpm@10 ([\w:]+)/g), ([, name = '']) => name),
  )

  test('may only read, unless a job says otherwise', () => {
    for (const path of workflows)
      expect([path, parse(path)['permissions']]).toEqual([path, { contents: 'read' }])
  })

  test('use actions of GitHub alone, of a version or a commit', () => {
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter(action => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([])
  })

  test('keep no credentials in the working copy', () => {
    for (const path of workflows) {
      const checkouts = read(path).match(/uses: actions\/checkout@/g) ?? []
      const without = read(path).match(/persist-credentials: false/g) ?? []
      expect(without.length).toBe(checkouts.length)
    }
  })

  test('put nothing that a stranger writes into a shell line', () => {
    for (const path of workflows)
      for (const line of read(path)
        .split('\n')
        .filter(text => /^\s*(- )?run:/.test(text)))
        expect(line).not.toMatch(/\$\{\{\s*github\./)
  })

  test('run scripts that there are', () => {
    expect(scripts.filter(name => !(name in pkg.scripts))).toEqual([])
    expect(scripts).toEqual(expect.arrayContaining(['verify', 'test', 'recipes', 'breaking', 'packages:try']))
  })
})

test.each(['bug', 'operation'])(
  'the issue form %s asks for something, each under a name of its own',
  name => {
    const form = parse(`.github/ISSUE_TEMPLATE/${name}.yml`)
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) })
    const body: Record<string, unknown>[] = [form['body']].flat().map(Object)
    const ids = body.filter(part => part['type'] !== 'markdown').map(part => part['id'])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain(undefined)
    for (const part of body) expect(part['attributes']).toBeDefined()
  },
)

test('CI and .ci/run share their commands', () => {
  const commands = read('.ci/run')
    .split('\n')
    .filter(line => line.startsWith('npx'))
  for (const command of commands) expect(read('.github/workflows/ci.yml')).toContain(command)
})

test('the devcontainer is JSON and has the Node of the project', () => {
  const { image } = Object(JSON.parse(read('.devcontainer/devcontainer.json')))
  expect(image).toMatch(new RegExp(`:${/nodeVersion: (\d+)/.exec(read('pnpm-workspace.yaml'))?.[1]}$`))
})

describe('a release', () => {
  const changeset = (bump: 'patch' | 'minor', text: string) => ({
    file: 'x.md',
    bumps: new Map([['@easemob-gateway/client', bump]]),
    text,
  })

  test('takes every changeset into one section, the largest first', () => {
    expect(sectionOf('0.2.0', [changeset('patch', 'small'), changeset('minor', 'large')])).toBe(
      '## 0.2.0\n\n### New or breaking\n\nlarge\n\n_client_\n\n### Mended\n\nsmall\n\n_client_',
    )
  })

  test('stands above the one before it, and only once', () => {
    const before = '# Changelog\n\nwords\n\n## 0.1.0\n\nfirst\n'
    const after = withSection(before, '## 0.2.0\n\nnew')
    expect(after).toBe('# Changelog\n\nwords\n\n## 0.2.0\n\nnew\n\n## 0.1.0\n\nfirst\n')
    expect(() => withSection(after, '## 0.2.0\n\nnew')).toThrow(/0\.2\.0/)
  })

  test('finds every waiting changeset readable, of packages that there are', () => {
    const packages = readdirSync(join(root, 'packages')).map(
      name => JSON.parse(read(`packages/${name}/package.json`)).name,
    )
    for (const { bumps } of readChangesets(join(root, '.changeset')))
      expect(packages).toEqual(expect.arrayContaining([...bumps.keys()]))
  })
})
