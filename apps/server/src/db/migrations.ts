import { fileURLToPath } from 'node:url'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/** The folder of the migrations. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** The advisory lock that a process holds while it migrates. */
export const migrationLock = 7_243_165

const newest = Math.max(...journal.entries.map(({ when }) => when))

/**
 * Whether all migrations have been applied. They are applied in one transaction, so when the newest is recorded, all are,
 * and neither the lock nor the migration files are needed.
 *
 * @param ask runs a statement and returns its rows
 */
export async function isMigrated(
  ask: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>,
): Promise<boolean> {
  try {
    const [row] = await ask('select max(created_at) as newest from drizzle.__drizzle_migrations')
    return Number(row?.['newest']) >= newest
  } catch (error) {
    // The database is empty.
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return false
    throw error
  }
}

const undefinedTable = '42P01'
