import { randomUUID } from 'node:crypto'
import type { Executor } from '../db/database.ts'
import type { Notice } from './notice-texts.ts'

/** Group notices, sent at least once: enqueued in the transaction of the change they tell of. */
export interface Notices {
  send(tx: Executor, notices: readonly Notice[]): Promise<void>
}

/** @param enqueue puts jobs of the notice queue into a transaction */
export function createNotices(enqueue: (tx: Executor, jobs: readonly object[]) => Promise<void>): Notices {
  return {
    send: (tx, notices) =>
      enqueue(
        tx,
        notices.map(notice => ({ id: randomUUID(), ...notice })),
      ),
  }
}
