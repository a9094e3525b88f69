import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median } from '../measure/pairs.ts'
import { aimedAt, type Family, row } from '../report/row.ts'
import { clientProgram, syntheticProgram } from './types-programs.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
// Below this package, so that the programs find the project's own packages.
const out = fileURLToPath(new URL('../../.out/', import.meta.url))
const most = 1500

interface Checked {
  readonly ms: number
  readonly instantiations: number
}

/** What a client program pays its compiler for the API's types. */
export const types: Family = {
  name: 'types',
  async run(world) {
    await mkdir(out, { recursive: true })
    const folder = await mkdtemp(join(out, 'types-'))
    const rounds = world.quick ? 1 : 3
    const check = async (program: string): Promise<Checked> => {
      await writeFile(join(folder, 'program.ts'), program)
      const settings = { extends: join(root, 'tsconfig.base.json'), include: ['program.ts'] }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
      const found: Checked[] = []
      for (let round = 0; round < rounds; round++) found.push(await tsc(folder))
      return {
        ms: median(found.map(({ ms }) => ms)),
        instantiations: median(found.map(({ instantiations }) => instantiations)),
      }
    }
    try {
      const client = await check(clientProgram)
      const nothing = await check('export {}')
      const [small, middle, large] = [
        await check(syntheticProgram(20)),
        await check(syntheticProgram(60)),
        await check(syntheticProgram(200)),
      ]
      const slope = (from: Checked, to: Checked, operations: number) =>
        (to.instantiations - from.instantiations) / operations
      return [
        aimedAt(
          row(
            'type check of a client of the whole API : of nothing',
            { ours: client.ms, against: nothing.ms, unit: 'ms' },
            null,
            `tsc, wall time; ${client.instantiations.toLocaleString('en')} instantiations`,
          ),
          `≤ ${most / 1000} s`,
          client.ms,
          most,
        ),
        row(
          'type check, an operation more at 60–200 : at 20–60',
          { ours: slope(middle, large, 140), against: slope(small, middle, 40), unit: 'instantiations' },
          { atMost: 1.1 },
          `linear is 1; wall time ${[small, middle, large].map(({ ms }) => Math.round(ms)).join(' / ')} ms at 20 / 60 / 200`,
        ),
      ]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
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
