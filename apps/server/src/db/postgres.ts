import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Database } from './database.ts'
import { isMigrated, migrationLock, migrationsFolder } from './migrations.ts'
import { prepareKnown } from './prepare-known.ts'
import * as schema from './schema.ts'
import { createScriptRunner } from './script-runner.ts'

const reconnectSeconds = 0.25
const connectionOptions = {
  onnotice: () => {},
  connect_timeout: 5,
  // The default pause grows to 20 s and is shared by all connections, so queries would wait long after the server is back.
  backoff: () => reconnectSeconds,
}

/**
 * Opens Postgres through postgres.js and applies missing migrations. The pool reconnects, so the gateway needs no restart
 * when the server comes back.
 * @throws the driver's error when the server cannot be reached or refuses
 */
export async function connectPostgres(url: string): Promise<Database> {
  const client = postgres(url, { ...connectionOptions, max: 12 })
  try {
    if (!(await isMigrated(text => client.unsafe(text)))) await migrateOnce(url)
  } catch (error) {
    await client.end({ timeout: 0 })
    throw error
  }
  const scripts = createScriptRunner(url, connectionOptions)
  const orm = drizzle(prepareKnown(client), { schema })
  const raw = async (text: string, values?: unknown[]) => ({
    rows: values?.length
      ? [...(await client.unsafe(text, values.map(bindable), { prepare: false }))]
      : await scripts.run(text),
  })
  return {
    kind: 'postgres',
    orm,
    rows: async (shape, query, executor = orm) =>
      shape.array().parse([...asArray(await executor.execute(query))]),
    prepared: (text, values) => client.unsafe(text, [...values], { prepare: true }),
    raw,
    async close() {
      await Promise.all([client.end({ timeout: 5 }), scripts.close()])
    },
  }
}

async function migrateOnce(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle(client), { migrationsFolder })
  } finally {
    // The end of the session releases the lock, also after a failed migration.
    await client.end({ timeout: 5 })
  }
}

function asArray(result: unknown): unknown[] {
  return Array.isArray(result) ? result : []
}

// drizzle removes the driver's serializers, so times and JSON documents have to be sent as text.
function bindable(value: unknown): postgres.SerializableParameter {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? value.map(bindable) : JSON.stringify(value)
}
