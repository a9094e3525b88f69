import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../tree/program.ts'

/** The packages that other projects install. */
const packages = ['contracts', 'client', 'easemob', 'easemob-emulator']
const root = join(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Builds and packs the packages, installs them in an empty project with npm, and runs `smoke.mjs` there. */
function tryPackages(versions: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'easemob-gateway-packages-'))
  try {
    const packed = join(folder, 'packed')
    const project = join(folder, 'project')
    for (const made of [packed, project]) mkdirSync(made)
    for (const name of packages) {
      const source = join(root, 'packages', name)
      run(source, 'npx', ['-y', 'pnpm@10', 'run', 'build'])
      run(source, 'npx', ['-y', 'pnpm@10', 'pack', '--pack-destination', packed])
    }
    const archives = readdirSync(packed).map(name => join(packed, name))
    writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    run(project, 'npm', ['install', '--no-audit', '--no-fund', '--engine-strict', ...archives])
    copyFileSync(join(import.meta.dirname, 'smoke.mjs'), join(project, 'smoke.mjs'))
    for (const version of versions) say(run(project, 'npx', ['-y', `node@${version}`, 'smoke.mjs']).trim())
    const emulator = [
      '-y',
      `node@${versions[0]}`,
      'node_modules/@easemob-gateway/emulator/dist/main.js',
      '--help',
    ]
    if (!run(project, 'npx', emulator).includes('--app-key')) throw new Error('the emulator has no help')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const asked = process.argv.slice(2).filter(argument => argument !== '--')
tryPackages(asked.length > 0 ? asked : ['22', '24'])
