import { fileURLToPath } from 'node:url'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/** Where the migrations lie. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** The statements of all processes that migrate stand in line behind this advisory lock. */
export const migrationLock = 7_243_165

const newest = Math.max(...journal.entries.map(({ when }) => when))

/**
 * Whether there is nothing to migrate. A start's migrations are applied in one transaction, so where the newest is
 * seen, all are there, and neither the lock nor the files are needed.
 *
 * @param ask runs a statement and gives its rows
 */
export async function isMigrated(
  ask: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>,
): Promise<boolean> {
  try {
    const [row] = await ask('select max(created_at) as newest from drizzle.__drizzle_migrations')
    return Number(row?.['newest']) >= newest
  } catch (error) {
    // An empty database.
    if (error instanceof Error && 'code' in error && error.code === undefinedTable) return false
    throw error
  }
}

const undefinedTable = '42P01'
