import { type Easemob, EasemobError, type Priority } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { type Database, schema } from '../db/database.ts'
import type { RegisteredWrite } from '../durable/intents.ts'
import { isFinal } from '../vendor/outcome.ts'
import type { Keyring } from './keyring.ts'
import { accountSubject } from './subject.ts'

const { accounts } = schema
/** Users in one registration call; the vendor accepts no more. */
export const batchSize = 60
const maxConcurrency = 20

/** A user to be registered, with a password that has been committed. */
export interface Candidate {
  readonly userId: string
  /** Encrypted. */
  readonly password: string
  /** The same password in plain text; decrypted from `password` where absent. */
  readonly plain?: string
}

/** The outcome of a registration, by user. */
export interface RegistrationResult {
  readonly registered: readonly string[]
  /** Refused by the vendor; a retry would be refused, too. */
  readonly refused: readonly { userId: string; reason: string }[]
  /** Outcome unknown, or not registered; to be retried. */
  readonly lost: readonly { userId: string; reason: string; error: unknown }[]
}

/**
 * Registers candidates at the vendor, in calls of 60 users, and adopts the accounts that it already has. The caller has
 * committed their passwords in rows that stay `pending` until the result is recorded; those rows make a batch durable
 * without an intent for each user.
 */
export type RegisterBatch = (
  candidates: readonly Candidate[],
  priority: Priority,
) => Promise<RegistrationResult>

/** What registering at the vendor needs. */
export interface RegisterBatchOptions {
  readonly database: Database
  readonly keyring: Keyring
  readonly createMany: Easemob['users']['createMany']
  readonly adoptAccount: RegisteredWrite<{ userId: string; password: string }, void>
}

/** @example const registerBatch = createRegisterBatch({ database, keyring, createMany, adoptAccount }) */
export function createRegisterBatch(options: RegisterBatchOptions): RegisterBatch {
  const { database, keyring, createMany, adoptAccount } = options

  /** Holds the account's subject, so that it cannot undo an earlier password change. */
  async function adopt({ userId, password }: Candidate): Promise<void> {
    await adoptAccount.run({
      subject: accountSubject(userId),
      prepare: async () => {
        const [account] = await database.orm
          .select({ state: accounts.state })
          .from(accounts)
          .where(eq(accounts.userId, userId))
        return account?.state === 'registered' ? null : { userId, password }
      },
    })
  }

  return async (candidates, priority) => {
    const byId = new Map(candidates.map(candidate => [candidate.userId, candidate]))
    const people = candidates.map(({ userId, password, plain }) => ({
      username: userId,
      password: plain ?? keyring.decrypt(password, userId),
    }))
    const concurrency = Math.min(maxConcurrency, Math.ceil(people.length / batchSize))
    const { created, existing, refused, lost } = await createMany(people, { priority, concurrency })
    const result: { [K in keyof RegistrationResult]: RegistrationResult[K][number][] } = {
      registered: [...created],
      refused: refused.map(({ username, reason }) => ({ userId: username, reason })),
      lost: [],
    }
    // The plan's limit is reached, or the app is blocked: a retry would fail, too.
    for (const { username: userId, error } of lost)
      if (isFinal(error)) result.refused.push({ userId, reason: error.code })
      else result.lost.push({ userId, reason: error.code, error })
    await Promise.all(
      existing
        .flatMap(userId => byId.get(userId) ?? [])
        .map(async candidate => {
          const { userId } = candidate
          try {
            await adopt(candidate)
            result.registered.push(userId)
          } catch (error) {
            const reason = error instanceof EasemobError ? error.code : 'not resolved'
            if (error instanceof EasemobError && isFinal(error)) result.refused.push({ userId, reason })
            else result.lost.push({ userId, reason, error })
          }
        }),
    )
    return result
  }
}
