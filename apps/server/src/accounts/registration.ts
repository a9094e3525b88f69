import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type Priority } from '@easemob-gateway/easemob'
import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { schema } from '../db/connect.ts'
import type { Services } from '../request.ts'
import { isVerdict } from '../vendor/outcome.ts'
import { newPassword } from './keyring.ts'
import { accountSubject, adoptAccount } from './writes/change-password.ts'

const { accounts, users } = schema
/** The vendor's most in one call. */
export const batchSize = 60
const batchesAtOnce = 20

/** A user whose account is to be made, with the password that is committed already. */
export interface Candidate {
  readonly userId: string
  /** Encrypted. */
  readonly password: string
  /** As the vendor is told it, where it is at hand: else it is decrypted. */
  readonly plain?: string
}

/** How registering went for each user. */
export interface Registration {
  readonly registered: readonly string[]
  /** The vendor will not have them: the reason is final until someone changes the user. */
  readonly refused: readonly { userId: string; reason: string }[]
  /** Not known, or not done: worth another try. */
  readonly lost: readonly { userId: string; reason: string; error: unknown }[]
}

/**
 * Makes sure that users have an IM account here and at the vendor. Passwords are committed before the vendor is
 * called: a crash in between leaves `pending` rows, and running this again ends well, since an account the vendor
 * already has is given our password.
 */
export async function register(services: Services, userIds: readonly string[]): Promise<Registration> {
  const { database, keyring, reached } = services
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
  reached('account.committed')
  const result = await callVendor(services, candidates, 'interactive')
  reached('account.registered')
  await barDeleted(services, result.registered)
  await record(services, result)
  return result
}

/** Like {@link register}, for a caller who cannot go on without the accounts of those who have none. */
export async function registerAll(
  services: Services,
  people: readonly { readonly id: string; readonly registered: boolean }[],
): Promise<void> {
  const missing = people.flatMap(({ id, registered }) => (registered ? [] : [id]))
  if (missing.length === 0) return
  const { refused, lost } = await register(services, missing)
  if (refused.length > 0) throw new GatewayError('VENDOR_REFUSED', { cause: refused[0]?.reason })
  if (lost.length > 0) throw lossOf(lost)
}

/** Why nobody could be registered: the vendor's own failure, which may be that it does not know us. */
export function lossOf(lost: Registration['lost']): Error {
  const cause = lost[0]?.error
  return cause instanceof EasemobError
    ? cause
    : new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5, cause })
}

/**
 * Registers candidates at the vendor, any number in batches of 60, and adopts those it already has. Before the result
 * is recorded, {@link barDeleted} must have seen it.
 */
export async function callVendor(
  services: Services,
  candidates: readonly Candidate[],
  priority: Priority,
): Promise<Registration> {
  const { vendor, keyring } = services
  const byId = new Map(candidates.map(candidate => [candidate.userId, candidate]))
  const people = candidates.map(({ userId, password, plain }) => ({
    username: userId,
    password: plain ?? keyring.decrypt(password, userId),
  }))
  const concurrency = Math.min(batchesAtOnce, Math.ceil(people.length / batchSize))
  const { created, existing, refused, lost } = await vendor.users.createMany(people, {
    priority,
    concurrency,
  })
  const result: { [K in keyof Registration]: Registration[K][number][] } = {
    registered: [...created],
    refused: refused.map(({ username, reason }) => ({ userId: username, reason })),
    lost: [],
  }
  // A plan that is used up, or an app that is barred: no more tries change that.
  for (const { username: userId, error } of lost)
    if (isVerdict(error)) result.refused.push({ userId, reason: error.code })
    else result.lost.push({ userId, reason: error.code, error })
  const adopt = async (candidate: Candidate) => {
    try {
      await adoptOne(services, candidate)
      result.registered.push(candidate.userId)
    } catch (error) {
      const { userId } = candidate
      if (error instanceof EasemobError && isVerdict(error))
        result.refused.push({ userId, reason: error.code })
      else
        result.lost.push({
          userId,
          reason: error instanceof EasemobError ? error.code : 'not settled',
          error,
        })
    }
  }
  await Promise.all(existing.flatMap(userId => byId.get(userId) ?? []).map(adopt))
  return result
}

/**
 * Who was deleted while being registered: the job that barred the account may have come before the account. Whoever is
 * deleted later has a job that finds it. Recording comes after, so that a crash in between does this again.
 */
export async function barDeleted({ database, jobs }: Services, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  const deleted = await database.orm
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, [...userIds]), isNotNull(users.deletedAt)))
  await jobs.syncActivation(
    database.orm,
    deleted.map(({ id }) => id),
  )
}

/** Under the account's subject, so that a password change that came first is not undone. */
async function adoptOne({ database, jobs }: Services, candidate: Candidate): Promise<void> {
  await jobs.intents.run({
    kind: adoptAccount,
    subject: accountSubject(candidate.userId),
    prepare: async () => {
      const [account] = await database.orm
        .select({ state: accounts.state })
        .from(accounts)
        .where(eq(accounts.userId, candidate.userId))
      return account?.state === 'registered' ? null : candidate
    },
  })
}

async function record({ database }: Services, { registered, refused }: Registration): Promise<void> {
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
