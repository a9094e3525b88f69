import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { copyPgliteTemplate } from '../../../../test/support/pglite-template.ts'
import { connect } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { createPostgresDatabase } from './postgres-database.ts'

/** The two databases that run the same suite. */
export const databaseKinds = ['pglite', 'postgres'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

/** A database of one test file: empty, migrated, and gone afterwards. */
export interface TestDatabase {
  /** What `DATABASE_URL` would say; a folder for PGlite. */
  readonly url: string
  open(): Promise<Database>
  remove(): Promise<void>
}

/** @param kind which of the two; each is a copy of a migrated template, which is cheaper than migrating */
export async function testDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'postgres' ? testPostgres() : testPglite()
}

async function testPglite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-test-'))
  const url = join(folder, 'db')
  await copyPgliteTemplate(url)
  return { url, open: () => connect(url), remove: () => rm(folder, { recursive: true, force: true }) }
}

async function testPostgres(): Promise<TestDatabase> {
  const { url, remove } = await createPostgresDatabase(inject('postgresUrl'), inject('postgresTemplate'))
  return { url, open: () => connect(url), remove }
}
