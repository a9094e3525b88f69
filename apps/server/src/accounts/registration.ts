import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError } from '@easemob-gateway/easemob'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { type Database, schema } from '../db/database.ts'
import type { Failpoint } from '../durable/failpoints.ts'
import type { Activation } from '../users/activation.ts'
import { type Keyring, newPassword } from './keyring.ts'
import type { RegisterBatch, RegistrationResult } from './register-batch.ts'

const { accounts } = schema

/** Registers users on request, outside of a registration run. */
export interface Registration {
  /**
   * Makes sure that users have an IM account here and at the vendor. Idempotent: passwords are committed before the
   * vendor is called, so a crash in between leaves `pending` rows, and a later call sets our password on the accounts
   * that the vendor already has.
   */
  register(userIds: readonly string[]): Promise<RegistrationResult>
  /**
   * Registers those who have no account yet, and fails unless all of them have one afterwards.
   * @throws GatewayError VENDOR_REFUSED, VENDOR_UNAVAILABLE; EasemobError with the vendor's own failure
   */
  registerAll(people: readonly { readonly id: string; readonly registered: boolean }[]): Promise<void>
}

/** What registration needs. */
export interface RegistrationOptions {
  readonly database: Database
  readonly keyring: Keyring
  readonly registerBatch: RegisterBatch
  readonly activation: Pick<Activation, 'deactivateDeleted'>
  readonly failpoint: Failpoint
}

/** @example await createRegistration(options).registerAll([{ id: '2', registered: false }]) */
export function createRegistration(options: RegistrationOptions): Registration {
  const { database, keyring, registerBatch, activation, failpoint } = options

  async function register(userIds: readonly string[]): Promise<RegistrationResult> {
    const fresh = userIds.map(userId => ({
      userId,
      state: 'pending' as const,
      password: keyring.encrypt(newPassword(), userId),
    }))
    if (fresh.length === 0) return { registered: [], refused: [], lost: [] }
    await database.orm.insert(accounts).values(fresh).onConflictDoNothing()
    const candidates = await database.orm
      .select({ userId: accounts.userId, password: accounts.password })
      .from(accounts)
      .where(and(inArray(accounts.userId, [...userIds]), ne(accounts.state, 'registered')))
    failpoint('account.committed')
    const result = await registerBatch(candidates, 'interactive')
    failpoint('account.registered')
    await activation.deactivateDeleted(result.registered)
    await record(result)
    return result
  }

  async function record({ registered, refused }: RegistrationResult): Promise<void> {
    const ended = { claimedUntil: null, changedAt: sql`now()` }
    if (registered.length > 0)
      await database.orm
        .update(accounts)
        .set({ ...ended, state: 'registered', failure: null })
        .where(inArray(accounts.userId, [...registered]))
    for (const { userId, reason } of refused)
      await database.orm
        .update(accounts)
        .set({ ...ended, state: 'failed', failure: reason })
        .where(and(eq(accounts.userId, userId), ne(accounts.state, 'registered')))
  }

  return {
    register,
    async registerAll(people) {
      const missing = people.flatMap(({ id, registered }) => (registered ? [] : [id]))
      if (missing.length === 0) return
      const { refused, lost } = await register(missing)
      if (refused.length > 0) throw new GatewayError('VENDOR_REFUSED', { cause: refused[0]?.reason })
      if (lost.length > 0) throw lossOf(lost)
    },
  }
}

/** The error of a registration that was lost: the vendor's own if there is one, since it may tell of a wrong setting. */
export function lossOf(lost: RegistrationResult['lost']): Error {
  const cause = lost[0]?.error
  return cause instanceof EasemobError
    ? cause
    : new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5, cause })
}
