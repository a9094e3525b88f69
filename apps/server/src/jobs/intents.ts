import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import type { z } from 'zod'
import type { Core } from '../context.ts'
import type { Executor } from '../db/connect.ts'
import { type IntentRow, intentStore } from './intent-store.ts'
import { mayHaveHappened } from './vendor-outcome.ts'

/**
 * A write to the vendor that survives the process. `perform` may run any number of times, also long after a crash or
 * a lost answer, and must bring the vendor to where the payload says; `complete` runs exactly once, in the
 * transaction that ends the intent.
 */
export interface IntentKind<Payload, Result> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  perform(core: Core, payload: Payload, attempt: Attempt<Payload>): Promise<Result>
  complete(tx: Executor, payload: Payload, result: Result): Promise<void>
  /** Runs in place of `complete` when the vendor has refused for good. */
  abandon?(tx: Executor, payload: Payload): Promise<void>
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

/** Begins, ends and recovers intents. */
export interface Intents {
  /**
   * Commits an intent, performs it and completes it. Another writer of the subject is waited for up to 10 s, and
   * settled first if its process has died.
   *
   * @returns null when `prepare` found nothing to do
   * @throws GatewayError CONFLICT when the subject stays busy; else what `prepare` or `perform` threw: after a refusal
   * nothing has changed, after an unknown outcome recovery goes on by itself
   */
  run<Payload, Result>(write: Write<Payload, Result>): Promise<{ payload: Payload; result: Result } | null>
  /** Waits until nothing is in doubt about a subject, performing what was left behind. */
  settle(subject: string): Promise<void>
  /** Performs intents whose holders have died or given up; resolves to how many it took. */
  recover(): Promise<number>
  /** Declares every intent left behind: for a process that knows it is alone. */
  disown(): Promise<void>
  /** Keeps what this process holds; `stop` ends that. */
  start(): void
  stop(): void
}

const waitForSubjectMs = 10_000
const recoverAtOnce = 20

/** @param kinds every kind that may be found in the table */
export function createIntents(core: Core, kinds: readonly ErasedKind[], leaseMs: number): Intents {
  const { database, log, reached } = core
  const store = intentStore(database, randomUUID(), leaseMs)
  const held = new Set<string>()
  let renewal: NodeJS.Timeout | undefined

  async function end(id: string, change: (tx: Executor) => Promise<void>): Promise<void> {
    await database.orm.transaction(async tx => {
      if (await store.remove(id, tx)) await change(tx)
      reached('intent.completing')
    })
  }

  async function carryOut<P, R>(kind: IntentKind<P, R>, id: string, payload: P, first: boolean) {
    let current = payload
    const amend = async (next: P) => {
      await store.setPayload(id, next)
      current = next
    }
    held.add(id)
    try {
      reached('intent.committed')
      const result = await kind.perform(core, payload, { first, amend })
      reached('intent.performed')
      await end(id, tx => kind.complete(tx, current, result))
      reached('intent.completed')
      return { payload: current, result }
    } catch (error) {
      if (mayHaveHappened(error)) await store.release(id, describe(error)).catch(() => undefined)
      else await end(id, async tx => kind.abandon?.(tx, current))
      throw error
    } finally {
      held.delete(id)
    }
  }

  async function resume(row: IntentRow): Promise<void> {
    const kind = kinds.find(({ name }) => name === row.kind)
    if (row.payload === null || !kind) {
      // Its process died before the payload was committed, so before the vendor was called.
      await store.remove(row.id)
      return
    }
    log.info({ intent: row.kind, subject: row.subject, attempts: row.attempts }, 'recovering')
    await kind.resume(row.payload, (erased, payload) => carryOut(erased, row.id, payload, false))
  }

  /** Until the subject is free; false when it stays busy. */
  async function waitFor(subject: string): Promise<boolean> {
    const deadline = Date.now() + waitForSubjectMs
    for (let pause = 10; ; pause = Math.min(200, pause * 2)) {
      const found = await store.claimSubject(subject)
      if (found.state === 'free') return true
      if (found.state === 'claimed') await resume(found.row).catch(ignoreRefusal)
      else if (Date.now() > deadline) return false
      else await delay(pause * (0.5 + Math.random()))
    }
  }

  /** Commits the intent as the subject's only one. */
  async function take(row: Omit<IntentRow, 'attempts'>, alongside?: (tx: Executor) => Promise<void>) {
    const insert = () =>
      alongside
        ? database.orm.transaction(async tx => {
            await alongside(tx)
            return store.insert(row, tx)
          })
        : store.insert(row)
    while (!(await insert()))
      if (!(await waitFor(row.subject)))
        throw new GatewayError('CONFLICT', {
          values: { why: `another change of ${row.subject} is under way` },
        })
  }

  async function begin<P, R>(write: Write<P, R>, id: string): Promise<P | null> {
    const row = { subject: write.subject, id, kind: write.kind.name }
    if ('payload' in write) {
      await take({ ...row, payload: write.payload }, write.alongside)
      return write.payload
    }
    await take({ ...row, payload: null })
    held.add(id)
    reached('intent.taken')
    try {
      const payload = await write.prepare()
      if (payload === null) await store.remove(id)
      else await store.setPayload(id, payload)
      return payload
    } catch (error) {
      await store.remove(id).catch(() => undefined)
      throw error
    }
  }

  return {
    async run(write) {
      const id = randomUUID()
      try {
        const payload = await begin(write, id)
        return payload === null ? null : await carryOut(write.kind, id, payload, true)
      } finally {
        held.delete(id)
      }
    },
    async settle(subject) {
      if (!(await waitFor(subject))) throw new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5 })
    },
    async recover() {
      const rows = await store.claimLeftBehind(recoverAtOnce)
      await Promise.all(
        rows.map(row =>
          resume(row).catch(error =>
            log.warn({ intent: row.kind, subject: row.subject, err: error }, 'recovery failed'),
          ),
        ),
      )
      return rows.length
    },
    disown: () => store.disownAll(),
    start() {
      renewal ??= setInterval(() => {
        if (held.size > 0)
          store.renew([...held]).catch(error => log.warn({ err: error }, 'renewing leases failed'))
      }, leaseMs / 3)
    },
    stop: () => clearInterval(renewal),
  }
}

/** An {@link IntentKind} whose types are hidden, so that different kinds can stand in one list. */
export interface ErasedKind {
  readonly name: string
  resume(raw: unknown, carryOut: CarryOut): Promise<unknown>
}
type CarryOut = <P, R>(kind: IntentKind<P, R>, payload: P) => Promise<unknown>

/** @example createIntents(core, [erase(createGroup), erase(deleteGroup)], 10_000) */
export function erase<P, R>(kind: IntentKind<P, R>): ErasedKind {
  return { name: kind.name, resume: (raw, carryOut) => carryOut(kind, kind.payload.parse(raw)) }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown'
}

// A refusal has ended the intent that stood in the way; anything else keeps it there, and the wait goes on failing.
function ignoreRefusal(error: unknown): void {
  if (mayHaveHappened(error)) throw error
}
