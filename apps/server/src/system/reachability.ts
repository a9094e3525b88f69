import { setTimeout as delay } from 'node:timers/promises'
import type { EasemobReader } from '@easemob-gateway/easemob'
import type { Database } from '../db/database.ts'

const deadlineMs = 3000

/** Whether the vendor answers within 3 s: one cheap call, which also fails with wrong credentials or a wrong app key. */
export async function isVendorReachable(vendor: EasemobReader): Promise<boolean> {
  return vendor.users.list({ limit: 1, deadlineMs }).then(
    () => true,
    () => false,
  )
}

/** Whether the database answers a trivial statement within 3 s. */
export async function isDatabaseReachable(database: Database): Promise<boolean> {
  const answered = database.prepared('select 1 as up', []).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, delay(deadlineMs, false, { ref: false })])
}
