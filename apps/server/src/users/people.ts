import { arrayLiteral } from '../db/array-literal.ts'
import type { Database } from '../db/database.ts'

/** A person's id and name. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** A user who is not deleted, and whether they have an IM account. */
export interface Person extends Named {
  readonly registered: boolean
}

/** Looks users up by their ids. */
export interface People {
  /** The users with these ids, without unknown and deleted ones, in no particular order. */
  find(ids: readonly string[]): Promise<Person[]>
  /** Ids with names, in the order of the ids; the name of an unknown user is the id. */
  nameAll(ids: readonly string[]): Promise<Named[]>
}

const statement = `
  select u.id::text as id, u.name, coalesce(a.state = 'registered', false) as registered
  from users u left join accounts a on a.user_id = u.id
  where u.id = any($1::bigint[]) and u.deleted_at is null`

/** @example const [person] = await createPeople(database).find(['2']) */
export function createPeople(database: Database): People {
  async function find(ids: readonly string[]): Promise<Person[]> {
    if (ids.length === 0) return []
    const rows = await database.prepared(statement, [arrayLiteral(ids)])
    return rows.map(row => ({
      id: String(row['id']),
      name: String(row['name']),
      registered: row['registered'] === true,
    }))
  }
  return {
    find,
    async nameAll(ids) {
      const known = new Map((await find(ids)).map(({ id, name }) => [id, name]))
      return ids.map(id => ({ id, name: known.get(id) ?? id }))
    },
  }
}
