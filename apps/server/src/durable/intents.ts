import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import type { Logger } from 'pino'
import type { Database, Executor } from '../db/database.ts'
import { isRefusal } from '../vendor/outcome.ts'
import type { DurableWrite, WriteRequest } from './durable-write.ts'
import type { Failpoint } from './failpoints.ts'
import { type Claim, type IntentRow, intentStore } from './intent-store.ts'
import { createPerformWrite, describe, takenOver } from './perform-write.ts'

const registered = Symbol('registered')

/** A write in the registry: its intents are recovered after a crash. Only such a write can be run. */
export interface RegisteredWrite<Payload, Result> {
  /** Only {@link Intents.register} makes one. */
  readonly [registered]: true
  /**
   * Commits an intent, performs it and completes it. Waits up to 10 s for another writer of the subject, whose intent is
   * resolved first if its process has died.
   *
   * @returns null when `prepare` found nothing to do
   * @throws GatewayError CONFLICT when the subject stays busy, VENDOR_UNAVAILABLE when another process has claimed the
   * intent; otherwise what `prepare` or `perform` threw. After a final refusal nothing has changed; after an unknown
   * outcome recovery retries the intent
   * @example await deleteGroup.run({ subject: groupSubject(id), payload: { groupId: id } })
   */
  run(request: WriteRequest<Payload>): Promise<{ payload: Payload; result: Result } | null>
}

/** The registry of durable writes, and the recovery of their intents after a crash. */
export interface Intents<Vendor> {
  /** Adds a write to the registry. @throws Error when another write has the same name */
  register<Payload, Result>(write: DurableWrite<Vendor, Payload, Result>): RegisteredWrite<Payload, Result>
  /**
   * Waits until a subject has no intent; performs one whose lease has expired.
   * @throws GatewayError VENDOR_UNAVAILABLE when that takes longer than 10 s
   */
  resolvePending(subject: string): Promise<void>
  /** Claims and performs intents whose leases have expired, 20 at most; resolves to how many. */
  recover(): Promise<number>
  /** Expires the leases of all processes. Only for a process that knows that it is the only one. */
  expireLeases(): Promise<void>
  /** Renews the leases of this process until `stop`. */
  start(): void
  stop(): void
}

const recoveryBatchSize = 20

/** What the registry needs, and its time limits. */
export interface IntentOptions<Vendor> {
  readonly database: Database
  readonly log: Logger
  readonly failpoint: Failpoint
  /** The client that can write; only `perform` receives it. */
  readonly vendor: Vendor
  /** ms after which an intent can be claimed by another process when its lease is not renewed. */
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
      // Its process died before it committed the payload, and so before it called the vendor.
      await store.remove(row)
      return
    }
    log.info({ intent: row.kind, subject: row.subject, attempts: row.attempts }, 'recovering')
    try {
      const resumer = resumers.get(row.kind)
      // The intent stays, for the version of this program that has the write.
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
      if (found.state === 'claimed') await resume(found.row).catch(ignoreRefusal)
      else if (Date.now() > deadline) return false
      else await delay(pause * (0.5 + Math.random()))
    }
  }

  /** Inserts the intent as soon as the subject has no other. */
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
      // Without the row nobody would recover this write, and another writer may hold the subject by now.
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
      const rows = await store.claimExpired(recoveryBatchSize)
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

// A final refusal has ended the intent that blocked the subject; after any other error the subject stays blocked.
function ignoreRefusal(error: unknown): void {
  if (!isRefusal(error)) throw error
}
