import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median } from '../measure/pairs.ts'
import { aimedAt, type Family, row } from '../report/row.ts'
import { clientProgram, syntheticProgram } from './types-programs.ts'
import { installPublished } from './types-published.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
// Below this package, so that the programs can import the project's packages.
const out = fileURLToPath(new URL('../../.out/', import.meta.url))
const most = 1500

const programs = {
  nothing: 'export {}',
  published: clientProgram,
  sources: clientProgram,
  small: syntheticProgram(20),
  middle: syntheticProgram(60),
  large: syntheticProgram(200),
}
type Name = keyof typeof programs

interface Checked {
  readonly ms: number
  readonly instantiations: number
}

/** The time that the compiler takes for a client program with the API's types. */
export const types: Family = {
  name: 'types',
  async run(world) {
    await mkdir(out, { recursive: true })
    const folder = await mkdtemp(join(out, 'types-'))
    try {
      for (const [name, program] of Object.entries(programs)) await write(join(folder, name), program)
      await installPublished(join(folder, 'published'))
      const found = await checkAll(folder, world.quick ? 1 : 3)
      const clientOf = (name: Name, what: string) =>
        aimedAt(
          row(
            `type check of a client, ${what} : of nothing`,
            { ours: found(name).ms, against: found('nothing').ms, unit: 'ms' },
            null,
            `tsc, wall time; ${found(name).instantiations.toLocaleString('en')} instantiations`,
          ),
          `≤ ${most / 1000} s`,
          found(name).ms,
          most,
        )
      const slope = (from: Name, to: Name, operations: number) =>
        (found(to).instantiations - found(from).instantiations) / operations
      const times = (['small', 'middle', 'large'] as const).map(name => Math.round(found(name).ms))
      return [
        clientOf('published', 'packages as published'),
        clientOf('sources', 'packages as sources'),
        row(
          'type check, an operation more at 60–200 : at 20–60',
          {
            ours: slope('middle', 'large', 140),
            against: slope('small', 'middle', 40),
            unit: 'instantiations',
          },
          { atMost: 1.1 },
          `linear is 1; wall time ${times.join(' / ')} ms at 20 / 60 / 200`,
        ),
      ]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function write(folder: string, program: string): Promise<void> {
  await mkdir(folder)
  await writeFile(join(folder, 'program.ts'), program)
  const settings = { extends: join(root, 'tsconfig.base.json'), include: ['program.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
}

/** Compiles the programs alternately, `rounds` times, and returns their medians by name. */
async function checkAll(folder: string, rounds: number): Promise<(name: Name) => Checked> {
  const found = new Map<string, Checked[]>()
  for (let round = 0; round < rounds; round++)
    for (const name of Object.keys(programs))
      found.set(name, [...(found.get(name) ?? []), await tsc(join(folder, name))])
  return name => {
    const all = found.get(name) ?? []
    return {
      ms: median(all.map(({ ms }) => ms)),
      instantiations: median(all.map(({ instantiations }) => instantiations)),
    }
  }
}

async function tsc(folder: string): Promise<Checked> {
  const began = performance.now()
  const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), [
    '-p',
    folder,
    '--extendedDiagnostics',
  ]).catch(error => {
    throw new Error(`The program does not compile: ${error.stdout}`)
  })
  const ms = performance.now() - began
  return { ms, instantiations: Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]) }
}
