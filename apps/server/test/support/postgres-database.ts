import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

/** A database of its own on a Postgres server. */
export interface PostgresDatabase {
  readonly name: string
  readonly url: string
  remove(): Promise<void>
}

/**
 * Creates a database.
 * @param server the URL of a server whose user may do that
 * @param template a database to be copied, to which nobody is connected; absent: an empty one
 */
export async function createPostgresDatabase(server: string, template?: string): Promise<PostgresDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const run = async (statement: string) => {
    const client = postgres(server, { max: 1, onnotice: () => {} })
    await client.unsafe(statement).finally(() => client.end())
  }
  await run(`create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { name, url: url.href, remove: () => run(`drop database if exists ${name} with (force)`) }
}
