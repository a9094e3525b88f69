import { GatewayError } from '@easemob-gateway/contracts'
import type { Actor, ActorAccount, Services } from '../context.ts'

/** Who a verified token names. */
export interface Claimant {
  readonly id: string
  readonly admin: boolean
}

// One round trip for all that most operations need of the caller, whoever they are.
const statement = `
  select u.name, u.deleted_at is not null as deleted, a.state, a.password,
    exists (select 1 from intents where subject = 'account:' || u.id) as in_doubt
  from users u left join accounts a on a.user_id = u.id
  where u.id = $1`

/**
 * Reads the actor of a request.
 * @throws GatewayError UNAUTHENTICATED for a deleted user, USER_NOT_FOUND for one nobody has imported, unless an administrator
 */
export async function loadActor(
  { database }: Pick<Services, 'database'>,
  { id, admin }: Claimant,
): Promise<Actor> {
  const [row] = await database.prepared(statement, [id])
  if (!row) {
    if (!admin) throw new GatewayError('USER_NOT_FOUND', { values: { users: id } })
    return { id, admin, name: id, known: false, account: null }
  }
  if (row['deleted']) throw new GatewayError('UNAUTHENTICATED')
  const account = row['password'] === null ? null : accountOf(row)
  return { id, admin, name: String(row['name']), known: true, account }
}

function accountOf(row: Record<string, unknown>): ActorAccount {
  const state = row['state'] === 'registered' || row['state'] === 'failed' ? row['state'] : 'pending'
  return { state, password: String(row['password']), inDoubt: row['in_doubt'] === true }
}
