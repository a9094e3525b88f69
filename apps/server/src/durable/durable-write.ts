import type { z } from 'zod'
import type { Executor } from '../db/database.ts'

/**
 * A write to the vendor that survives the process. `perform` may run any number of times, also long after a crash or
 * a lost answer, and must bring the vendor to where the payload says; `complete` runs exactly once, in the
 * transaction that ends the intent.
 *
 * `Vendor` is the client that can write. The mechanism hands it to `perform` and to nothing else.
 */
export interface DurableWrite<Vendor, Payload, Result> {
  /** Stands in the database: never rename one that is in use. */
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /**
   * What it throws decides: a final refusal (see `vendor/outcome.ts`) ends the intent, anything else keeps it to be
   * tried again. So a failure after a step that has been done must not look like a refusal: see `followUp`.
   */
  perform(vendor: Vendor, payload: Payload, attempt: Attempt<Payload>): Promise<Result>
  complete(tx: Executor, payload: Payload, result: Result): Promise<void>
  /** Runs in place of `complete` when the vendor has refused for good. */
  abandon?(tx: Executor, payload: Payload): Promise<void>
  /** Drops what caches hold of the subject, once an attempt has ended, whatever its outcome. */
  forget?(payload: Payload): void
}

/** What `perform` may know about its attempt. */
export interface Attempt<Payload> {
  /** No attempt of this intent has called the vendor before. */
  readonly first: boolean
  /** Commits another payload before going on. */
  amend(payload: Payload): Promise<void>
}

/** One write to be done: on which subject, and how its payload comes about. */
export type WriteRequest<Payload> = {
  /** One unfinished intent a subject: `group:36036128342017`, `account:2`. */
  readonly subject: string
} & (
  | {
      readonly payload: Payload
      /** Statements committed in the same transaction as the intent. */
      inSameTransaction?(tx: Executor): Promise<void>
    }
  | {
      /** Runs once the subject is locked, so that what it reads stays true until the end. Null: there is nothing to do. */
      prepare(): Promise<Payload | null>
    }
)
