import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/db/connect.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A Postgres server whose user may create databases. */
    postgresUrl: string
    /** A folder with a migrated, empty PGlite database, to be copied. */
    pgliteTemplate: string
  }
}

/** Starts one real Postgres for the whole run, unless TEST_DATABASE_URL names one, and makes one PGlite to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-'))
  const pgliteTemplate = join(folder, 'template')
  const [postgres] = await Promise.all([
    given ? { url: given, stop: async () => {} } : startPostgres(),
    connect(pgliteTemplate).then(database => database.close()),
  ])
  project.provide('postgresUrl', postgres.url)
  project.provide('pgliteTemplate', pgliteTemplate)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
