import { arrayLiteral } from '../db/array-literal.ts'
import type { Named } from '../groups/notice-texts.ts'
import type { Core } from '../request.ts'

/** Someone who exists, and whether they have an IM account. */
export interface Person extends Named {
  readonly registered: boolean
}

const statement = `
  select u.id::text as id, u.name, coalesce(a.state = 'registered', false) as registered
  from users u left join accounts a on a.user_id = u.id
  where u.id = any($1::bigint[]) and u.deleted_at is null`

/** Which of the ids are people that exist, deleted ones left out; in no particular order. */
export async function findPeople(
  { database }: Pick<Core, 'database'>,
  ids: readonly string[],
): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await database.prepared(statement, [arrayLiteral(ids)])
  return rows.map(row => ({
    id: String(row['id']),
    name: String(row['name']),
    registered: row['registered'] === true,
  }))
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
