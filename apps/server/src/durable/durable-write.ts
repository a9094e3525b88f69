import type { z } from 'zod'
import type { Executor } from '../db/database.ts'

/**
 * A write to the vendor that is finished even if its process crashes. `perform` may run any number of times, also long
 * after a crash or a lost answer, so it must be idempotent: it brings the vendor to the state that the payload describes.
 * `complete` runs exactly once, in the transaction that deletes the intent.
 *
 * `Vendor` is the client that can write; only `perform` receives it.
 */
export interface DurableWrite<Vendor, Payload, Result> {
  /** Stored with every intent: never rename one that is in use. */
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /**
   * The error that it throws decides what follows. On the first attempt a final refusal (see `vendor/outcome.ts`) ends the
   * intent, and so does an error that proves that nothing was sent. Once an attempt may have succeeded, a refusal ends the
   * intent only on the evidence of `findOut`. After any other error the intent is retried. So a failure after a step that
   * has succeeded must not look as if nothing was sent: see `followUp`.
   */
  perform(vendor: Vendor, payload: Payload, attempt: Attempt<Payload>): Promise<Result>
  /**
   * Asks the vendor whether an attempt has succeeded, without changing anything. Null: none has, so the refusal stands.
   * An error keeps the intent in doubt.
   */
  findOut(vendor: Vendor, payload: Payload): Promise<{ readonly result: Result } | null>
  complete(tx: Executor, payload: Payload, result: Result): Promise<void>
  /** Runs instead of `complete` after a final refusal. */
  abandon?(tx: Executor, payload: Payload): Promise<void>
  /** Drops the subject's cache entries after every attempt, whatever its outcome. */
  forget?(payload: Payload): void
}

/** The attempt that `perform` runs in. */
export interface Attempt<Payload> {
  /** True when no earlier attempt of this intent has called the vendor. */
  readonly first: boolean
  /** Replaces the payload; resolves once that is committed. */
  amend(payload: Payload): Promise<void>
}

/** One write to perform: its subject, and its payload or how to prepare it. */
export type WriteRequest<Payload> = {
  /** What the write locks: a subject has one unfinished intent at most. `group:36036128342017`, `account:2`. */
  readonly subject: string
} & (
  | {
      readonly payload: Payload
      /** Statements committed in the same transaction as the intent. */
      inSameTransaction?(tx: Executor): Promise<void>
    }
  | {
      /** Runs while the subject is locked, so that what it reads stays valid until the intent ends. Null: nothing to do. */
      prepare(): Promise<Payload | null>
    }
)
