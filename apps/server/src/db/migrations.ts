import { fileURLToPath } from 'node:url'

/** Where the migrations lie. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** The statements of all processes that migrate stand in line behind this advisory lock. */
export const migrationLock = 7_243_165
