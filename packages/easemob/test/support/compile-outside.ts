import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = fileURLToPath(new URL('../..', import.meta.url))
const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url))

/**
 * Compiles a program in a folder outside the repository that imports this package by name. Returns the compiler's messages; empty when it compiles.
 */
export async function compileOutside(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-outside-'))
  try {
    await mkdir(join(folder, 'node_modules/@easemob-gateway'), { recursive: true })
    await symlink(packageFolder, join(folder, 'node_modules/@easemob-gateway/easemob'))
    const compilerOptions = {
      ...{ target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'], module: 'nodenext', types: [] },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
      ...{ noEmit: true, allowImportingTsExtensions: true },
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'program.ts'), program)
    return await new Promise((resolve, reject) => {
      execFile(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder }, (error, stdout) => {
        // The compiler ends with 1 when it found errors and has written nothing.
        if (error === null || error.code === 1) resolve(stdout)
        else reject(error)
      })
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}
