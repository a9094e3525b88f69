import type { z } from 'zod'
import type { Executor } from '../db/connect.ts'
import type { Core } from '../request.ts'

/**
 * A write to the vendor that survives the process. `perform` may run any number of times, also long after a crash or
 * a lost answer, and must bring the vendor to where the payload says; `complete` runs exactly once, in the
 * transaction that ends the intent.
 */
export interface IntentKind<Payload, Result> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /**
   * What it throws decides: a refusal of the vendor (see `vendor-outcome.ts`) ends the intent, anything else keeps it
   * to be tried again. So a failure after a step that has been done must not look like a refusal: see `followUp`.
   */
  perform(core: Core, payload: Payload, attempt: Attempt<Payload>): Promise<Result>
  complete(tx: Executor, payload: Payload, result: Result): Promise<void>
  /** Runs in place of `complete` when the vendor has refused for good. */
  abandon?(tx: Executor, payload: Payload): Promise<void>
  /** Drops what was kept of the subject, once an attempt has ended, however it has. */
  forget?(core: Core, payload: Payload): void
}

/** What `perform` may know about its turn. */
export interface Attempt<Payload> {
  /** Nobody has called the vendor for this intent before. */
  readonly first: boolean
  /** Commits another payload before going on. */
  amend(payload: Payload): Promise<void>
}

/** A write: on what, of which kind, and how its payload comes about. */
export type Write<Payload, Result> = {
  readonly kind: IntentKind<Payload, Result>
  /** One unfinished intent a subject: `group:36036128342017`, `account:2`. */
  readonly subject: string
} & (
  | {
      readonly payload: Payload
      /** Statements committed together with the intent. */
      alongside?(tx: Executor): Promise<void>
    }
  | {
      /** Runs once the subject is ours, so what it reads stays true until the end. Null: there is nothing to do. */
      prepare(): Promise<Payload | null>
    }
)

/** An {@link IntentKind} whose types are hidden, so that different kinds can stand in one list. */
export interface ErasedKind {
  readonly name: string
  resume(raw: unknown, carryOut: CarryOut): Promise<unknown>
}
type CarryOut = <P, R>(kind: IntentKind<P, R>, payload: P) => Promise<unknown>

/** @example createIntents(core, [erase(createGroup), erase(deleteGroup)], { leaseMs: 5_000 }) */
export function erase<P, R>(kind: IntentKind<P, R>): ErasedKind {
  return { name: kind.name, resume: (raw, carryOut) => carryOut(kind, kind.payload.parse(raw)) }
}
