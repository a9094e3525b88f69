import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import type { Executor } from '../db/connect.ts'
import type { Core } from '../request.ts'
import { isVerdict, mayHaveHappened } from '../vendor/outcome.ts'
import type { ErasedKind, IntentKind, Write } from './durable-write.ts'
import { type IntentRow, intentStore, type Turn } from './intent-store.ts'

/** Begins, ends and recovers intents. */
export interface Intents {
  /**
   * Commits an intent, performs it and completes it. Another writer of the subject is waited for up to 10 s, and
   * settled first if its process has died.
   *
   * @returns null when `prepare` found nothing to do
   * @throws GatewayError CONFLICT when the subject stays busy, VENDOR_UNAVAILABLE when another process has taken over
   * meanwhile; else what `prepare` or `perform` threw: after a refusal nothing has changed, after an unknown outcome
   * recovery goes on by itself
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

const recoverAtOnce = 20

/** How long things take. */
export interface IntentOptions {
  /** ms an intent stays with a process that no longer renews it. */
  readonly leaseMs: number
  /** ms to wait for another writer of the subject. Default 10,000. */
  readonly waitForSubjectMs?: number
}

/** @param kinds every kind that may be found in the table */
export function createIntents(core: Core, kinds: readonly ErasedKind[], options: IntentOptions): Intents {
  const { leaseMs, waitForSubjectMs = 10_000 } = options
  const { database, log, reached } = core
  const store = intentStore(database, randomUUID(), leaseMs)
  const held = new Set<string>()
  let renewal: NodeJS.Timeout | undefined

  async function end(turn: Turn, change: (tx: Executor) => Promise<void>): Promise<void> {
    await database.orm.transaction(async tx => {
      if (!(await store.remove(turn, tx))) throw takenOver()
      await change(tx)
      reached('intent.completing')
    })
  }

  async function carryOut<P, R>(kind: IntentKind<P, R>, turn: Turn, payload: P) {
    const first = turn.attempts === 0
    let current = payload
    const amend = async (next: P) => {
      if (!(await store.setPayload(turn, next))) throw takenOver()
      current = next
    }
    held.add(turn.id)
    try {
      reached('intent.committed')
      const result = await kind.perform(core, payload, { first, amend })
      reached('intent.performed')
      await end(turn, tx => kind.complete(tx, current, result))
      reached('intent.completed')
      return { payload: current, result }
    } catch (error) {
      // What an earlier attempt has done is not undone by a later one that could not be sent.
      const refused = first ? !mayHaveHappened(error) : isVerdict(error)
      if (refused) await end(turn, async tx => kind.abandon?.(tx, current))
      else await store.release(turn, describe(error)).catch(() => undefined)
      throw error
    } finally {
      held.delete(turn.id)
      kind.forget?.(core, current)
    }
  }

  async function resume(row: IntentRow): Promise<void> {
    if (row.payload === null) {
      // Its process died before the payload was committed, so before the vendor was called.
      await store.remove(row)
      return
    }
    const kind = kinds.find(({ name }) => name === row.kind)
    log.info({ intent: row.kind, subject: row.subject, attempts: row.attempts }, 'recovering')
    try {
      // A newer version of this program may know what to do with it.
      if (!kind) throw new Error(`This version knows no intent ${row.kind}`)
      await kind.resume(row.payload, (erased, payload) => carryOut(erased, row, payload))
    } catch (error) {
      await store.release(row, describe(error))
      throw error
    }
  }

  /** Until the subject is free; false when it stays busy. */
  async function waitFor(subject: string): Promise<boolean> {
    const deadline = Date.now() + waitForSubjectMs
    for (let pause = 10; ; pause = Math.min(200, pause * 2)) {
      const found = await store.claimSubject(subject)
      if (found.state === 'free') return true
      if (found.state === 'claimed') await resume(found.row).catch(ignoreVerdict)
      else if (Date.now() > deadline) return false
      else await delay(pause * (0.5 + Math.random()))
    }
  }

  /** Commits the intent as the subject's only one. */
  async function take(row: Omit<IntentRow, 'attempts'>, alongside?: (tx: Executor) => Promise<void>) {
    const insert = () =>
      alongside
        ? database.orm.transaction(async tx => {
            if (!(await store.insert(row, tx))) return false
            await alongside(tx)
            return true
          })
        : store.insert(row)
    while (!(await insert()))
      if (!(await waitFor(row.subject)))
        throw new GatewayError('CONFLICT', {
          values: { why: `another change of ${row.subject} is under way` },
        })
  }

  async function begin<P, R>(write: Write<P, R>, turn: Turn): Promise<P | null> {
    const row = { subject: write.subject, id: turn.id, kind: write.kind.name }
    if ('payload' in write) {
      await take({ ...row, payload: write.payload }, write.alongside)
      return write.payload
    }
    await take({ ...row, payload: null })
    held.add(turn.id)
    reached('intent.taken')
    try {
      const payload = await write.prepare()
      if (payload === null) await store.remove(turn)
      // Without its row this write would be unknown to everyone, and the subject may be another's by now.
      else if (!(await store.setPayload(turn, payload))) throw takenOver()
      return payload
    } catch (error) {
      await store.remove(turn).catch(() => undefined)
      throw error
    }
  }

  return {
    async run(write) {
      const turn = { id: randomUUID(), attempts: 0 }
      try {
        const payload = await begin(write, turn)
        return payload === null ? null : await carryOut(write.kind, turn, payload)
      } finally {
        held.delete(turn.id)
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

/** Our lease has run out meanwhile, and another process goes on with the intent. */
const takenOver = () => new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 1 })

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown'
}

// A verdict has ended the intent that stood in the way; anything else keeps it there, and the wait goes on failing.
function ignoreVerdict(error: unknown): void {
  if (!isVerdict(error)) throw error
}
