import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import type { Logger } from 'pino'
import type { Database, Executor } from '../db/database.ts'
import { isFinal } from '../vendor/outcome.ts'
import type { DurableWrite, WriteRequest } from './durable-write.ts'
import type { Failpoint } from './failpoints.ts'
import { type Claim, type IntentRow, intentStore } from './intent-store.ts'
import { createPerformWrite, describe, takenOver } from './perform-write.ts'

const registered = Symbol('registered')

/** A write that is in the registry, and so is recovered after a crash: the only kind of write that can be run. */
export interface RegisteredWrite<Payload, Result> {
  /** Only {@link Intents.register} makes one. */
  readonly [registered]: true
  /**
   * Commits an intent, performs it and completes it. Waits up to 10 s for another writer of the subject, whose intent is
   * resolved first if its process has died.
   *
   * @returns null when `prepare` found nothing to do
   * @throws GatewayError CONFLICT when the subject stays busy, VENDOR_UNAVAILABLE when another process has taken over
   * meanwhile; else what `prepare` or `perform` threw: after a refusal nothing has changed, after an unknown outcome
   * recovery goes on by itself
   * @example await deleteGroup.run({ subject: groupSubject(id), payload: { groupId: id } })
   */
  run(request: WriteRequest<Payload>): Promise<{ payload: Payload; result: Result } | null>
}

/** The registry of durable writes, and the recovery of their intents. */
export interface Intents<Vendor> {
  /** @throws Error when another write has the same name */
  register<Payload, Result>(write: DurableWrite<Vendor, Payload, Result>): RegisteredWrite<Payload, Result>
  /**
   * Waits until no intent of a subject is in doubt, performing one whose process has died.
   * @throws GatewayError VENDOR_UNAVAILABLE when that takes longer than 10 s
   */
  resolvePending(subject: string): Promise<void>
  /** Performs intents whose holders have died or given up; resolves to how many it took. */
  recover(): Promise<number>
  /** Expires every lease: for a process that knows that no other one lives. */
  expireLeases(): Promise<void>
  /** Renews the leases of this process until `stop`. */
  start(): void
  stop(): void
}

const recoverAtOnce = 20

/** What intents run on, and how long things take. */
export interface IntentOptions<Vendor> {
  readonly database: Database
  readonly log: Logger
  readonly failpoint: Failpoint
  /** The client that can write; it reaches nothing but `perform`. */
  readonly vendor: Vendor
  /** ms an intent stays with a process that no longer renews it. */
  readonly leaseMs: number
  /** ms to wait for another writer of the subject. Default 10,000. */
  readonly waitForSubjectMs?: number
}

/** @example const intents = createIntents({ database, log, failpoint, vendor, leaseMs: 5000 }) */
export function createIntents<Vendor>(options: IntentOptions<Vendor>): Intents<Vendor> {
  const { database, log, failpoint, vendor, leaseMs, waitForSubjectMs = 10_000 } = options
  const store = intentStore(database, randomUUID(), leaseMs)
  const held = new Set<string>()
  const perform = createPerformWrite({ database, store, vendor, held, failpoint })
  const resumers = new Map<string, (row: IntentRow) => Promise<unknown>>()
  let renewal: NodeJS.Timeout | undefined

  async function resume(row: IntentRow): Promise<void> {
    if (row.payload === null) {
      // Its process died before the payload was committed, so before the vendor was called.
      await store.remove(row)
      return
    }
    log.info({ intent: row.kind, subject: row.subject, attempts: row.attempts }, 'recovering')
    try {
      const resumer = resumers.get(row.kind)
      // A newer version of this program may know what to do with it.
      if (!resumer) throw new Error(`This version knows no intent ${row.kind}`)
      await resumer(row)
    } catch (error) {
      await store.release(row, describe(error))
      throw error
    }
  }

  /** Waits until the subject is free; false when it stays busy. */
  async function waitFor(subject: string): Promise<boolean> {
    const deadline = Date.now() + waitForSubjectMs
    for (let pause = 10; ; pause = Math.min(200, pause * 2)) {
      const found = await store.claimSubject(subject)
      if (found.state === 'free') return true
      if (found.state === 'claimed') await resume(found.row).catch(ignoreFinal)
      else if (Date.now() > deadline) return false
      else await delay(pause * (0.5 + Math.random()))
    }
  }

  /** Commits the intent as the subject's only one. */
  async function take(row: Omit<IntentRow, 'attempts'>, inSameTransaction?: (tx: Executor) => Promise<void>) {
    const insert = () =>
      inSameTransaction
        ? database.orm.transaction(async tx => {
            if (!(await store.insert(row, tx))) return false
            await inSameTransaction(tx)
            return true
          })
        : store.insert(row)
    while (!(await insert()))
      if (!(await waitFor(row.subject)))
        throw new GatewayError('CONFLICT', {
          values: { why: `another change of ${row.subject} is under way` },
        })
  }

  async function begin<P>(kind: string, request: WriteRequest<P>, claim: Claim): Promise<P | null> {
    const row = { subject: request.subject, id: claim.id, kind }
    if ('payload' in request) {
      await take({ ...row, payload: request.payload }, request.inSameTransaction)
      return request.payload
    }
    await take({ ...row, payload: null })
    held.add(claim.id)
    failpoint('intent.taken')
    try {
      const payload = await request.prepare()
      if (payload === null) await store.remove(claim)
      // Without its row this write would be unknown to everyone, and the subject may be another's by now.
      else if (!(await store.setPayload(claim, payload))) throw takenOver()
      return payload
    } catch (error) {
      await store.remove(claim).catch(() => undefined)
      throw error
    }
  }

  return {
    register(write) {
      if (resumers.has(write.name)) throw new Error(`Two durable writes are named ${write.name}`)
      resumers.set(write.name, row => perform(write, row, write.payload.parse(row.payload)))
      return {
        [registered]: true,
        async run(request) {
          const claim = { id: randomUUID(), attempts: 0 }
          try {
            const payload = await begin(write.name, request, claim)
            return payload === null ? null : await perform(write, claim, payload)
          } finally {
            held.delete(claim.id)
          }
        },
      }
    },
    async resolvePending(subject) {
      if (!(await waitFor(subject))) throw new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5 })
    },
    async recover() {
      const rows = await store.claimExpired(recoverAtOnce)
      await Promise.all(
        rows.map(row =>
          resume(row).catch(error =>
            log.warn({ intent: row.kind, subject: row.subject, err: error }, 'recovery failed'),
          ),
        ),
      )
      return rows.length
    },
    expireLeases: () => store.expireAll(),
    start() {
      renewal ??= setInterval(() => {
        if (held.size > 0)
          store.renew([...held]).catch(error => log.warn({ err: error }, 'renewing leases failed'))
      }, leaseMs / 3)
    },
    stop: () => clearInterval(renewal),
  }
}

// A final refusal has ended the intent that stood in the way; anything else keeps it there, and the wait goes on failing.
function ignoreFinal(error: unknown): void {
  if (!isFinal(error)) throw error
}
