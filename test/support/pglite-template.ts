import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with a migrated, empty PGlite database, to be copied. */
    pgliteTemplate: string
  }
}

/**
 * Makes a folder with a migrated, empty PGlite database, which opens several times faster than a new one.
 * @param folder does not exist yet
 */
export async function copyPgliteTemplate(folder: string): Promise<void> {
  // A PGlite folder has a thousand files: `cp` takes a tenth of the processor time of Node's own copying.
  await promisify(execFile)('cp', ['-R', inject('pgliteTemplate'), folder])
}
