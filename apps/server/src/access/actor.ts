import { GatewayError } from '@easemob-gateway/contracts'
import { createBatchLoader } from '../cache/batch-loader.ts'
import { arrayLiteral } from '../db/array-literal.ts'
import type { Database } from '../db/database.ts'
import type { Actor, ActorAccount } from '../request.ts'

/** The user that a verified token names. */
export interface Claimant {
  readonly id: string
  readonly admin: boolean
}

/**
 * Reads the actor of a request from the database, without a cache.
 * @throws GatewayError UNAUTHENTICATED for a deleted user; USER_NOT_FOUND for one who has not been imported and is no
 * administrator
 */
export type ReadActor = (claimant: Claimant) => Promise<Actor>

// One statement reads everything that operations need to know of the actor, so that a request costs one round trip.
const statement = `
  select u.id::text as id, u.name, u.deleted_at is not null as deleted, a.state, a.password,
    exists (select 1 from intents where subject = 'account:' || u.id) as in_doubt
  from users u left join accounts a on a.user_id = u.id
  where u.id = any($1::bigint[])`
const maxBatchSize = 500

/** @example const readActor = createReadActor(database) */
export function createReadActor(database: Database): ReadActor {
  const readRow = createBatchLoader(async ids => {
    const rows = await database.prepared(statement, [arrayLiteral(ids)])
    return new Map(rows.map(row => [String(row['id']), row]))
  }, maxBatchSize)
  return async ({ id, admin }) => {
    const row = await readRow(id)
    if (!row) {
      if (!admin) throw new GatewayError('USER_NOT_FOUND', { values: { users: id } })
      return { id, admin, name: id, known: false, account: null }
    }
    if (row['deleted']) throw new GatewayError('UNAUTHENTICATED')
    const account = row['password'] === null ? null : accountOf(row)
    return { id, admin, name: String(row['name']), known: true, account }
  }
}

function accountOf(row: Record<string, unknown>): ActorAccount {
  const state = row['state'] === 'registered' || row['state'] === 'failed' ? row['state'] : 'pending'
  return { state, password: String(row['password']), inDoubt: row['in_doubt'] === true }
}
