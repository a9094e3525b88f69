import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
// In this order, since the client is built against the published types of the contract.
const names = ['contracts', 'client']
const manifest = z.looseObject({ publishConfig: z.looseObject({}) })

/** Builds the packages and copies them into a folder's `node_modules` as npm would: `dist`, with `publishConfig` applied. */
export async function installPublished(folder: string): Promise<void> {
  for (const name of names) {
    const source = join(root, 'packages', name)
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', join(source, 'tsconfig.build.json')])
    const target = join(folder, 'node_modules/@easemob-gateway', name)
    await mkdir(target, { recursive: true })
    await cp(join(source, 'dist'), join(target, 'dist'), { recursive: true })
    const own = manifest.parse(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')))
    await writeFile(join(target, 'package.json'), JSON.stringify({ ...own, ...own.publishConfig }))
  }
}
