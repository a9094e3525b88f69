import { arrayLiteral } from '../db/array-literal.ts'
import type { Database } from '../db/database.ts'

/** The local row of a group: what the vendor does not store. */
export interface LocalGroup {
  /** The picture's file id; 0 for none. */
  readonly face: number
  /** Null: the vendor's value counts. */
  readonly allowInvites: boolean | null
}

/** Reads the local rows of groups, by id. A group that was created elsewhere and never changed here has none. */
export type ReadLocalGroups = (ids: readonly string[]) => Promise<Map<string, LocalGroup>>

const statement = `
  select id, face::float8 as face, allow_invites from groups where id = any($1::text[])`

/** @example (await createReadLocalGroups(database)(['36036128342017'])).get('36036128342017')?.face */
export function createReadLocalGroups(database: Database): ReadLocalGroups {
  return async ids => {
    const rows = await database.prepared(statement, [arrayLiteral(ids)])
    return new Map(
      rows.map(({ id, face, allow_invites: allowInvites }) => [
        String(id),
        { face: Number(face), allowInvites: typeof allowInvites === 'boolean' ? allowInvites : null },
      ]),
    )
  }
}
