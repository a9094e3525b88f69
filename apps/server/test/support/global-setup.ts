import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'
import type {} from '../../../../test/support/pglite-template.ts'
import { connect } from '../../src/db/connect.ts'
import { createPostgresDatabase } from './postgres-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A Postgres server whose user may create databases. */
    postgresUrl: string
    /** The name of a migrated, empty database on that server, to be copied. */
    postgresTemplate: string
  }
}

/** Starts one real Postgres for the whole run, unless TEST_DATABASE_URL names one, and makes one PGlite to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-'))
  const pgliteTemplate = join(folder, 'template')
  const migrate = async (url: string) => (await connect(url)).close()
  const [postgres] = await Promise.all([
    given ? { url: given, stop: async () => {} } : postgresProcess(),
    migrate(pgliteTemplate),
  ])
  const template = await createPostgresDatabase(postgres.url)
  await migrate(template.url)
  project.provide('postgresUrl', postgres.url)
  project.provide('postgresTemplate', template.name)
  project.provide('pgliteTemplate', pgliteTemplate)
  return async () => {
    await template.remove()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs until told to stop, or until this process is gone and its pipe with it. */
async function postgresProcess(): Promise<{ url: string; stop: () => Promise<void> }> {
  const program = join(import.meta.dirname, 'postgres-process.ts')
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', code => reject(new Error(`The Postgres for tests did not start (exit code ${code})`)))
  })
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  return { url, stop }
}
