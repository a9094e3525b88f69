import { arrayLiteral } from '../db/array-literal.ts'
import type { Services } from '../request.ts'

/** What we keep of a group beside the vendor. */
export interface OwnFacts {
  /** 0 for none. */
  readonly face: number
  /** Null: the vendor's value counts. */
  readonly allowInvites: boolean | null
}

const statement = `
  select id, face::float8 as face, allow_invites from groups where id = any($1::text[])`

/** Our own rows of groups, by id; groups made elsewhere and never changed here have none. */
export async function readOwnFacts(
  { database }: Pick<Services, 'database'>,
  ids: readonly string[],
): Promise<Map<string, OwnFacts>> {
  const rows = await database.prepared(statement, [arrayLiteral(ids)])
  return new Map(
    rows.map(({ id, face, allow_invites: allowInvites }) => [
      String(id),
      { face: Number(face), allowInvites: typeof allowInvites === 'boolean' ? allowInvites : null },
    ]),
  )
}
