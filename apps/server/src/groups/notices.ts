import { randomUUID } from 'node:crypto'
import type { Executor } from '../db/database.ts'
import type { Notice } from './notice-texts.ts'

/** Sends group notices at least once each. */
export interface Notices {
  /** Enqueues notices in the transaction of the change that they report. */
  send(tx: Executor, notices: readonly Notice[]): Promise<void>
}

/** @param enqueue enqueues jobs of the notice queue in a transaction */
export function createNotices(enqueue: (tx: Executor, jobs: readonly object[]) => Promise<void>): Notices {
  return {
    send: (tx, notices) =>
      enqueue(
        tx,
        notices.map(notice => ({ id: randomUUID(), ...notice })),
      ),
  }
}
