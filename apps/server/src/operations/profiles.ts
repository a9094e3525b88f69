import { inArray } from 'drizzle-orm'
import type { Core } from '../context.ts'
import { schema } from '../db/connect.ts'
import type { Named } from './notice-texts.ts'

/** Which of the ids are people that exist, deleted ones left out; in no particular order. */
export async function findPeople(
  { database }: Pick<Core, 'database'>,
  ids: readonly string[],
): Promise<Named[]> {
  const { users } = schema
  if (ids.length === 0) return []
  const rows = await database.orm
    .select({ id: users.id, name: users.name, deletedAt: users.deletedAt })
    .from(users)
    .where(inArray(users.id, [...ids]))
  return rows.filter(({ deletedAt }) => deletedAt === null)
}

/** People in the order asked; who is not known goes by their id. */
export async function nameAll(core: Pick<Core, 'database'>, ids: readonly string[]): Promise<Named[]> {
  const known = new Map((await findPeople(core, ids)).map(({ id, name }) => [id, name]))
  return ids.map(id => ({ id, name: known.get(id) ?? id }))
}

/** A time as the legacy callers read it: UTC, `YYYY-MM-DD HH:MM:SS`. */
export function legacyTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}
