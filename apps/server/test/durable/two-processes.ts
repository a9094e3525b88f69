import { EasemobError } from '@easemob-gateway/easemob'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { z } from 'zod'
import type { Database, Executor } from '../../src/db/database.ts'
import type { Attempt, DurableWrite } from '../../src/durable/durable-write.ts'
import { createIntents, type Intents, type RegisteredWrite } from '../../src/durable/intents.ts'
import { type DatabaseKind, testDatabase } from '../support/databases.ts'

/** What a made-up write does; a test puts in what it needs. */
export interface Act {
  perform(payload: string, attempt: Attempt<string>): Promise<string>
  /** What the vendor shows of an attempt. */
  findOut(payload: string): Promise<{ result: string } | null>
}

/** One process: its intents, and the made-up write that is registered there. */
export interface OneProcess {
  readonly intents: Intents<null>
  readonly write: RegisteredWrite<string, string>
}

/** Two processes' intents on one database, as far as one process can play two. */
export interface TwoProcesses {
  readonly first: OneProcess
  readonly second: OneProcess
  readonly database: Database
  /** What `perform` does, in both. */
  readonly act: Act
  /** Every `complete` and `abandon`, in order. */
  readonly ended: string[]
  /** The intent of a subject, if there is one. */
  rows(subject: string): Promise<z.infer<typeof row>[]>
  close(): Promise<void>
}

const row = z.object({ payload: z.unknown(), attempts: z.int(), held: z.boolean() })

/** @param leaseMs how long an intent stays with a process that does not renew it; nobody here renews */
export async function twoProcesses(kind: DatabaseKind, leaseMs: number): Promise<TwoProcesses> {
  const test = await testDatabase(kind)
  const database = await test.open()
  const ended: string[] = []
  const act: Act = { perform: async payload => `${payload} done`, findOut: async () => null }
  const write: DurableWrite<null, string, string> = {
    name: 'test',
    payload: z.string(),
    perform: (_, payload, attempt) => act.perform(payload, attempt),
    findOut: (_, payload) => act.findOut(payload),
    complete: async (_: Executor, payload, result) => void ended.push(`complete ${payload}: ${result}`),
    abandon: async (_, payload) => void ended.push(`abandon ${payload}`),
  }
  const log = pino({ level: 'silent' })
  const oneProcess = (): OneProcess => {
    const options = { database, log, failpoint: () => {}, vendor: null, leaseMs, waitForSubjectMs: 300 }
    const intents = createIntents<null>(options)
    return { intents, write: intents.register(write) }
  }
  return {
    first: oneProcess(),
    second: oneProcess(),
    database,
    act,
    ended,
    rows: subject =>
      database.rows(
        row,
        sql`select payload, attempts, holder is not null as held from intents where subject = ${subject}`,
      ),
    async close() {
      await database.close()
      await test.remove()
    },
  }
}

/** An error as the vendor's client throws it. */
export const failure = (code: EasemobError['code'], attempts = 0) =>
  new EasemobError('made up', { code, operation: 'test', attempts })

/** A write whose payload is its subject. */
export const write = (subject: string) => ({ subject, payload: subject })

/** How a promise ended: `done`, or what its error says first of key, code and message. */
export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    error => error.key ?? error.code ?? error.message,
  )
