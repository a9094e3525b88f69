import type { Executor } from '../db/connect.ts'
import type { Notice } from './notice-texts.ts'

/** Group notices, sent at least once: enqueued in the transaction of the change they tell of. */
export interface Notices {
  send(tx: Executor, notices: readonly Notice[]): Promise<void>
}
