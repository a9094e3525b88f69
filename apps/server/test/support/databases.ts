import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'

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

/** @param kind which of the two; PGlite's is a copy of a ready one, which is faster than making it */
export async function testDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'postgres' ? testPostgres() : testPglite()
}

async function testPglite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'easemob-gateway-test-'))
  const url = join(folder, 'db')
  await cp(inject('pgliteTemplate'), url, { recursive: true })
  return { url, open: () => connect(url), remove: () => rm(folder, { recursive: true, force: true }) }
}

async function testPostgres(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string) => {
    const client = postgres(server, { max: 1, onnotice: () => {} })
    await client.unsafe(statement).finally(() => client.end())
  }
  await run(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    open: () => connect(url.href),
    remove: () => run(`drop database if exists ${name} with (force)`),
  }
}
