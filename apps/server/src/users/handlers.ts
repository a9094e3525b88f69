import type { Contract, Handlers, user as userSchema } from '@easemob-gateway/contracts'
import { and, asc, eq, gt, isNull, like, ne, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { type Database, schema } from '../db/database.ts'
import { legacyTime } from '../db/legacy-time.ts'
import type { RequestContext } from '../request.ts'
import { type ImportServices, importUsers } from './import.ts'

const { accounts, users: people } = schema
type User = z.input<typeof userSchema>

const registration: Readonly<Record<User['registered'], SQL | undefined>> = {
  yes: eq(accounts.state, 'registered'),
  failed: eq(accounts.state, 'failed'),
  no: or(isNull(accounts.state), and(ne(accounts.state, 'registered'), ne(accounts.state, 'failed'))),
}

/** The handlers of the operations on users, whom the app imports. */
export function createUserHandlers(services: ImportServices): Handlers<Contract, RequestContext>['users'] {
  const { database } = services
  return {
    import: importUsers(services),

    async get(call) {
      const { id } = call.input
      const [found] = await select(database, eq(people.id, id), 1)
      return found ?? call.fail('USER_NOT_FOUND', { values: { users: id } })
    },

    async list(call) {
      const { cursor, limit, name, registered } = call.input
      const prefix = name?.replace(/[\\%_]/g, '\\$&')
      const found = await select(
        database,
        and(
          cursor === undefined ? undefined : gt(people.id, cursor),
          prefix === undefined ? undefined : like(people.name, `${prefix}%`),
          registered && registration[registered],
        ),
        limit,
      )
      return { users: found, cursor: found.length < limit ? null : (found.at(-1)?.id ?? null) }
    },
  }
}

async function select(database: Database, where: SQL | undefined, limit: number): Promise<User[]> {
  const rows = await database.orm
    .select({ person: people, state: accounts.state, failure: accounts.failure })
    .from(people)
    .leftJoin(accounts, eq(accounts.userId, people.id))
    .where(where)
    .orderBy(asc(people.id))
    .limit(limit)
  return rows.map(({ person: { createdAt, updatedAt, deletedAt, ...person }, state, failure }) => ({
    ...person,
    created_at: legacyTime(createdAt),
    updated_at: legacyTime(updatedAt),
    deleted_at: deletedAt && legacyTime(deletedAt),
    registered: state === 'registered' ? 'yes' : state === 'failed' ? 'failed' : 'no',
    failure,
  }))
}
