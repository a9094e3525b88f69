import { type Easemob, EasemobError, type Priority } from '@easemob-gateway/easemob'
import { eq } from 'drizzle-orm'
import { type Database, schema } from '../db/database.ts'
import type { RegisteredWrite } from '../durable/intents.ts'
import { isFinal } from '../vendor/outcome.ts'
import type { Keyring } from './keyring.ts'
import { accountSubject } from './subject.ts'

const { accounts } = schema
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
export interface RegistrationResult {
  readonly registered: readonly string[]
  /** Refused by the vendor: the reason is final until someone changes the user. */
  readonly refused: readonly { userId: string; reason: string }[]
  /** Not known, or not done: worth another try. */
  readonly lost: readonly { userId: string; reason: string; error: unknown }[]
}

/**
 * Registers candidates at the vendor, any number in batches of 60, and adopts those it already has. Their passwords are
 * committed before, in rows that stay `pending` until the result is recorded: that makes a batch durable without an
 * intent for each of its users.
 */
export type RegisterBatch = (
  candidates: readonly Candidate[],
  priority: Priority,
) => Promise<RegistrationResult>

/** What registering needs. */
export interface RegisterBatchOptions {
  readonly database: Database
  readonly keyring: Keyring
  readonly createMany: Easemob['users']['createMany']
  readonly adoptAccount: RegisteredWrite<{ userId: string; password: string }, void>
}

export function createRegisterBatch(options: RegisterBatchOptions): RegisterBatch {
  const { database, keyring, createMany, adoptAccount } = options

  /** Runs under the account's subject, so that it does not undo a password change that came first. */
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
    const concurrency = Math.min(batchesAtOnce, Math.ceil(people.length / batchSize))
    const { created, existing, refused, lost } = await createMany(people, { priority, concurrency })
    const result: { [K in keyof RegistrationResult]: RegistrationResult[K][number][] } = {
      registered: [...created],
      refused: refused.map(({ username, reason }) => ({ userId: username, reason })),
      lost: [],
    }
    // A plan that is used up, or an app that is barred: no more tries change that.
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
